// Prints what went wrong for the person at the terminal: a refusal with its fix, anything else with its trace.

import { isRefusal, renderTerminal } from 'tenon'

/** Writes to standard error. */
export function printFailure(error: unknown): void {
  if (isRefusal(error)) {
    const { sentence, fix } = renderTerminal(error)
    console.error(fix === null ? sentence : `${sentence}\n${fix}`)
    return
  }
  console.error(error instanceof Error && process.env['DEBUG'] === undefined ? error.message : error)
}
