import { expect, test } from 'vitest'

import { printExamination, printFinding } from './storage-findings.ts'

const object = { bucket: 'photos', name: 'a/b.png' }

test.each([
  [{ kind: 'row-without-bytes', object }, 'photos/a/b.png has no bytes', ': its row is removed'],
  [{ kind: 'bytes-without-row', id: 'x', size: 3 }, 'Blob x of 3 bytes belongs to no object', ': removed'],
  [{ kind: 'size-differs', object, told: null, size: 3 }, 'photos/a/b.png says no bytes and has 3', ': it says so now'],
  [
    { kind: 'etag-missing', object, etag: 'b' },
    'photos/a/b.png does not say what its bytes come to',
    ': it says b now',
  ],
  [{ kind: 'uploads-abandoned', count: 2 }, 'Uploads that were never ended: 2', ': given up'],
] as const)('%o is told, and what was done about it', (finding, wrong, done) => {
  expect([printFinding(finding, false), printFinding(finding, true)]).toEqual([wrong, wrong + done])
})

test('what stays as it is says what to do', () => {
  const damaged = (told: number): string => printFinding({ kind: 'bytes-damaged', object, told, size: 3 }, false)
  expect(damaged(3)).toBe(
    'photos/a/b.png is damaged: its bytes are not those of its etag; upload it again or delete it',
  )
  expect(damaged(4)).toContain('it has 3 of 4 bytes')
  expect(printFinding({ kind: 'upload-expired', object, began: 'long ago' }, false)).toBe(
    'The upload of photos/a/b.png, begun long ago, is over; the server ends it',
  )
})

test('young bytes without a row are no finding, and not well either', () => {
  const looked = { objects: 0, blobs: 3, young: 3, found: 0, repaired: 0 }
  expect(printExamination(looked, false)).toBe(
    '0 objects and 3 blobs looked at. 3 blobs have no row, and are younger than orphan_age: uploads under way, or bytes whose rows were lost.',
  )
})

test('the last line says whether all is well', () => {
  const looked = { objects: 2, blobs: 3, young: 0 }
  expect(printExamination({ ...looked, found: 0, repaired: 0 }, false)).toBe(
    '2 objects and 3 blobs looked at: all is well.',
  )
  expect(printExamination({ ...looked, found: 1, repaired: 0 }, false)).toContain(
    '1 findings, 0 repaired. Say --repair',
  )
  expect(printExamination({ ...looked, found: 1, repaired: 1 }, true)).toContain('1 findings, all repaired.')
})
