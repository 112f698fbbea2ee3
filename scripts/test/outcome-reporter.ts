// Leaves the outcome of a run in a file, where whoever started the run asked for one.

import { writeFileSync } from 'node:fs'

import type { Reporter, SerializedError, TestCase, TestModule } from 'vitest/node'

import { type FileOutcome, type Outcome, OUTCOME_FILE } from './outcome.ts'

const ENDED = new Set(['passed', 'failed', 'skipped'])

/** A vitest reporter that prints nothing. */
export default class OutcomeReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], strayErrors: readonly SerializedError[]): void {
    const path = process.env[OUTCOME_FILE]
    if (path === undefined) return
    const isKnown = (error: SerializedError) => modules.some((module) => threw(module, error))
    // A worker that dies is an error of no file, and its file has no end.
    const isEnded = modules.every((module) => ENDED.has(module.state()))
    const outcome: Outcome = {
      files: modules.map((module) => outcomeOf(module, strayErrors)),
      strayErrors: isEnded ? strayErrors.filter((error) => !isKnown(error)).length : 0,
    }
    writeFileSync(path, JSON.stringify(outcome))
  }
}

/** Whether nobody waited for the error while this file ran: vitest notes the file on it. */
function threw(module: TestModule, error: SerializedError): boolean {
  return error['VITEST_TEST_PATH'] === module.moduleId
}

function outcomeOf(module: TestModule, strayErrors: readonly SerializedError[]): FileOutcome {
  const tests = [...module.children.allTests()]
  const failed = tests.filter((test) => test.result().state === 'failed').map(failureOf)
  const isWell = module.ok() && ENDED.has(module.state())
  const whole = isWell || failed.length > 0 ? [] : [failureOfWhole(module)]
  const stray = strayErrors
    .filter((error) => threw(module, error))
    .map(({ message }) => ({ name: 'an error that no test waited for', message }))
  return {
    file: module.relativeModuleId,
    project: module.project.name,
    passed: tests.filter((test) => test.result().state === 'passed').length,
    failures: [...failed, ...whole, ...stray],
  }
}

function failureOf(test: TestCase) {
  return { name: test.fullName, message: test.result().errors?.[0]?.message ?? 'no error was kept' }
}

/** A file that could not be loaded, or whose set-up failed, so that its tests never ran. */
function failureOfWhole(module: TestModule) {
  const suites = [...module.children.allSuites()]
  const [error] = [module, ...suites].flatMap((part) => part.errors())
  return { name: 'the whole file', message: error?.message ?? 'it did not end' }
}
