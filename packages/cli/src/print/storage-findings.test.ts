import { expect, test } from 'vitest'

import { printExamination, printFinding } from './storage-findings.ts'

const object = { bucket: 'photos', name: 'a/b.png' }

test.each([
  [{ kind: 'row-without-bytes', object }, 'photos/a/b.png has no bytes', ': its row is removed'],
  [{ kind: 'bytes-without-row', id: 'x', size: 3 }, 'Blob x of 3 bytes belongs to no object', ': removed'],
  [{ kind: 'size-differs', object, told: null, size: 3 }, 'photos/a/b.png says no bytes and has 3', ': it says so now'],
  [{ kind: 'etag-differs', object, told: 'a', etag: 'b' }, 'photos/a/b.png has other bytes than a', ': it says b now'],
  [{ kind: 'uploads-abandoned', count: 2 }, 'Uploads that were never ended: 2', ': given up'],
] as const)('%o is told, and what was done about it', (finding, wrong, done) => {
  expect([printFinding(finding, false), printFinding(finding, true)]).toEqual([wrong, wrong + done])
})

test('young bytes are told of as such', () => {
  expect(printFinding({ kind: 'bytes-before-row', id: 'x', size: 3 }, false)).toContain('may belong to an object soon')
})

test('the last line says whether all is well', () => {
  const looked = { objects: 2, blobs: 3 }
  expect(printExamination({ ...looked, found: 0, repaired: 0 }, false)).toBe(
    '2 objects and 3 blobs looked at: all is well.',
  )
  expect(printExamination({ ...looked, found: 1, repaired: 0 }, false)).toContain(
    '1 findings, 0 repaired. Say --repair',
  )
  expect(printExamination({ ...looked, found: 1, repaired: 1 }, true)).toContain('1 findings, all repaired.')
})
