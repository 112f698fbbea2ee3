// Leaves the outcome of a run in a file, where whoever started the run asked for one.

import { writeFileSync } from 'node:fs'
import { relative } from 'node:path'

import type { Reporter, SerializedError, TestCase, TestModule, TestSpecification } from 'vitest/node'

import { type FileOutcome, type Outcome, OUTCOME_FILE } from './outcome.ts'

const WHOLE = 'the whole file'
const ENDED = new Set(['passed', 'failed', 'skipped'])

/** A vitest reporter that prints nothing. */
export default class OutcomeReporter implements Reporter {
  private wanted: readonly TestSpecification[] = []

  onTestRunStart(specifications: readonly TestSpecification[]): void {
    this.wanted = specifications
  }

  onTestRunEnd(modules: readonly TestModule[], strayErrors: readonly SerializedError[]): void {
    const path = process.env[OUTCOME_FILE]
    if (path !== undefined) writeFileSync(path, JSON.stringify(runOutcome(this.wanted, modules, strayErrors)))
  }
}

/** Where no file has begun the servers for all of them did not start, and none is to blame. */
function runOutcome(
  wanted: readonly TestSpecification[],
  modules: readonly TestModule[],
  strayErrors: readonly SerializedError[],
): Outcome {
  const unbegun = modules.length === 0 ? [] : wanted.filter((one) => !modules.some((module) => isOf(module, one)))
  const unended = modules.filter((module) => !ENDED.has(module.state()))
  const unknown = strayErrors.filter((error) => !modules.some((module) => threw(module, error)))
  return {
    files: [...modules.map((module) => outcomeOf(module, strayErrors)), ...unbegun.map(outcomeOfUnbegun)],
    // Each worker that died is one of them, and its file has failed.
    strayErrors: Math.max(0, unknown.length - unbegun.length - unended.length),
  }
}

function isOf(module: TestModule, { moduleId, project }: TestSpecification): boolean {
  return module.moduleId === moduleId && module.project.name === project.name
}

function outcomeOfUnbegun({ moduleId, project }: TestSpecification): FileOutcome {
  const failures = [{ name: WHOLE, message: 'it did not begin' }]
  return { file: relative(process.cwd(), moduleId), project: project.name, passed: 0, failures }
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
  return { name: WHOLE, message: error?.message ?? 'it did not end' }
}
