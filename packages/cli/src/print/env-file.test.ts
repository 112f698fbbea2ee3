import { expect, test } from 'vitest'

import { mergeEnvFile, renderEnvFile } from './env-file.ts'

test('a file that did not exist holds the block alone', () => {
  const text = mergeEnvFile('', { A: '1', B: '/x' })
  expect(text).toBe(
    '# >>> tenon: `tenon env --write` replaces the lines down to the closing mark\nA=1\nB=/x\n# <<< tenon\n',
  )
})

test('writing the same again changes nothing', () => {
  const once = mergeEnvFile('MINE=1\n', { A: '1' })
  expect(mergeEnvFile(once, { A: '1' })).toBe(once)
})

test("the owner's lines stay where they are, above the block and below it", () => {
  const first = `${mergeEnvFile('# mine\nMINE=1', { A: '1', B: '2' })}BELOW=1\n`
  const second = mergeEnvFile(first, { A: '3' })
  expect(second.startsWith('# mine\nMINE=1\n\n# >>> tenon')).toBe(true)
  expect(second.endsWith('\nA=3\n# <<< tenon\nBELOW=1\n')).toBe(true)
})

test('a block whose closing mark was removed takes nothing of the rest with it', () => {
  const broken = mergeEnvFile('', { A: '1' }).replace('# <<< tenon', 'MINE=1')
  const mended = mergeEnvFile(broken, { A: '2' })
  expect(mended).toContain('MINE=1')
  expect(mergeEnvFile(mended, { A: '2' })).toBe(mended)
})

test.each([
  ['pk_test_x$', String.raw`pk_test_x\$`],
  ['two words', '"two words"'],
  ['a#b', '"a#b"'],
  ['http://127.0.0.1:54321', 'http://127.0.0.1:54321'],
])('%s is written as %s', (value, written) => {
  expect(renderEnvFile({ A: value })).toBe(`A=${written}`)
})
