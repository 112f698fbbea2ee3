import { expect, test } from 'vitest'

import type { FileOutcome, Outcome } from './outcome.ts'
import { closingLines, filesToTryAgain, isWell, withSecondTry } from './second-try.ts'

const late = { name: 'a row is shown', message: 'waited 15 s' }

function file(name: string, of: Partial<FileOutcome> = {}): FileOutcome {
  return { file: name, project: 'browser', passed: 2, failures: [], ...of }
}

function outcome(...files: FileOutcome[]): Outcome {
  return { files, strayErrors: 0 }
}

test('files that failed are run again, whole', () => {
  expect(filesToTryAgain(outcome(file('a'), file('b', { failures: [late] })))).toEqual(['b'])
})

test('nothing is run again where random values have found something', () => {
  const wrong = file('c.property.test.ts', { project: 'pure', failures: [late] })
  expect(filesToTryAgain(outcome(file('b', { failures: [late] }), wrong))).toEqual([])
})

test('nothing is run again after an error that belongs to no file', () => {
  expect(filesToTryAgain({ files: [file('b', { failures: [late] })], strayErrors: 1 })).toEqual([])
})

test('nothing is run again where much has failed', () => {
  const failed = Array.from({ length: 11 }, (_, n) => file(`f${n}`, { failures: [late] }))
  expect(filesToTryAgain(outcome(...failed))).toEqual([])
})

test('a run that passed on a second try says so before it counts', () => {
  const first = outcome(file('a'), file('b', { passed: 1, failures: [late] }))
  const last = withSecondTry(first, outcome(file('b')))
  expect(closingLines(first, last)).toBe(
    '\nPassed on a second try:\n  b > a row is shown\n    waited 15 s\n\n4 passed, 0 failed\n',
  )
})

test('a run is well where nothing failed that was not made good', () => {
  const first = outcome(file('a', { failures: [late] }), file('b', { failures: [late] }))
  expect(isWell(withSecondTry(first, outcome(file('a'), file('b'))))).toBe(true)
  expect(isWell(withSecondTry(first, outcome(file('a'))))).toBe(false)
  expect(isWell({ files: [file('a')], strayErrors: 1 })).toBe(false)
})

test('what failed twice is counted once, and not among what passed', () => {
  const first = outcome(file('b', { passed: 1, failures: [late] }))
  expect(closingLines(first, withSecondTry(first, first))).toBe('\n1 passed, 1 failed\n')
})

test('errors that belong to no file count as failures', () => {
  const run = { files: [file('a')], strayErrors: 1 }
  expect(closingLines(run, run)).toBe('\n2 passed, 1 failed\n')
})
