// Prints what went wrong for the person at the terminal: a refusal with its fix, Postgres' errors with what they add,
// anything else with its trace.

import { isRefusal, renderTerminal } from 'tenon'

/** Writes to standard error. */
export function printFailure(error: unknown): void {
  if (isRefusal(error)) {
    const { sentence, fix } = renderTerminal(error)
    console.error(fix === null ? sentence : `${sentence}\n${fix}`)
    return
  }
  console.error(error instanceof Error && process.env['DEBUG'] === undefined ? renderError(error) : error)
}

/** The message; below it the detail and the hint that an error of Postgres has. */
export function renderError(error: Error & { readonly detail?: unknown; readonly hint?: unknown }): string {
  return [error.message, error.detail, error.hint].filter((sentence) => typeof sentence === 'string').join('\n')
}
