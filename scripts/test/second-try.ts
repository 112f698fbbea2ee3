// Which files of a run get a second try, and what the run came to with it. On a busy machine a browser or a process may
// be late. A file is run again whole, with servers, databases and browsers that know nothing of the first time, since
// what a test left behind half-way would fail a second try of that test alone.

import type { FileOutcome, Outcome } from './outcome.ts'

/** Checked with new random values each time, and nothing else can make it fail: a second try would hide what was found. */
const isProperty = ({ file, project }: FileOutcome): boolean => project === 'pure' && file.endsWith('.property.test.ts')

/** With more files than these the cause is no coincidence, and a second try would only take its time. */
const MOST_FILES = 10

/** The files to run again, or none where the first run passed or a second one could not make it pass. */
export function filesToTryAgain({ files, strayErrors }: Outcome): string[] {
  const failed = files.filter((one) => one.failures.length > 0)
  if (strayErrors > 0 || failed.length > MOST_FILES) return []
  if (failed.some(isProperty)) return []
  return failed.map((one) => one.file)
}

/** Whether nothing is left that failed. */
export function isWell({ files, strayErrors }: Outcome): boolean {
  return strayErrors === 0 && files.every((one) => one.failures.length === 0)
}

/** The outcome of the first run with the files of the second in the place of their first try. */
export function withSecondTry(first: Outcome, second: Outcome): Outcome {
  const again = new Map(second.files.map((one) => [one.file, one]))
  return {
    files: first.files.map((one) => again.get(one.file) ?? one),
    strayErrors: first.strayErrors + second.strayErrors,
  }
}

/** The last lines of a run: what passed on a second try alone and why the first one failed, then `N passed, N failed`. */
export function closingLines(first: Outcome, last: Outcome): string {
  const failed = new Set(last.files.filter((one) => one.failures.length > 0).map((one) => one.file))
  const late = first.files.filter((one) => one.failures.length > 0 && !failed.has(one.file))
  const heading = late.length > 0 ? ['', 'Passed on a second try:', ...late.flatMap(describe)] : []
  const [passed, failures] = [
    sum(last.files.map((one) => one.passed)),
    sum(last.files.map((one) => one.failures.length)) + last.strayErrors,
  ]
  return [...heading, '', `${passed} passed, ${failures} failed`, ''].join('\n')
}

function describe({ file, failures }: FileOutcome): string[] {
  return failures.flatMap(({ name, message }) => [`  ${file} > ${name}`, `    ${message}`])
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, one) => total + one, 0)
}
