// Ends a test run with one plain line, for readers that count rather than look: `N passed, N failed`.

import type { Reporter, TestModule } from 'vitest/node'

/** A vitest reporter that prints the closing line. */
export default class ClosingLineReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()])
    const failed = tests.filter((test) => test.result().state === 'failed').length
    const unloaded = modules.filter((module) => module.state() === 'failed' && module.errors().length > 0).length
    const passed = tests.filter((test) => test.result().state === 'passed').length
    process.stdout.write(`\n${passed} passed, ${failed + unloaded} failed\n`)
  }
}
