// Ends a test run with one plain line, for readers that count rather than look: `N passed, N failed`. Before it stand
// the tests that passed on their second try alone, and why the first one failed: on a busy machine a browser or a
// process may be late, and nobody should have to guess whether it was that.

import type { Reporter, TestCase, TestModule } from 'vitest/node'

/** A vitest reporter that prints the closing line. */
export default class ClosingLineReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()])
    const failed = tests.filter((test) => test.result().state === 'failed').length
    const unloaded = modules.filter((module) => module.state() === 'failed' && module.errors().length > 0).length
    const passed = tests.filter((test) => test.result().state === 'passed').length
    const second = tests.filter((test) => test.diagnostic()?.flaky === true)
    if (second.length > 0) process.stdout.write(`\nPassed on a second try:\n${second.map(describe).join('')}`)
    process.stdout.write(`\n${passed} passed, ${failed + unloaded} failed\n`)
  }
}

function describe(test: TestCase): string {
  const [first] = test.result().errors ?? []
  return `  ${test.module.relativeModuleId} > ${test.fullName}\n    ${first?.message ?? 'no error was kept'}\n`
}
