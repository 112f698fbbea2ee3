// Takes a key or a whole table out of a TOML document. Comments on lines of their own stay.

import { isWithin, type KeyPath, type Statement, tomlStatements } from './toml-statements.ts'

/** The text without the statements at or below `path`; the same text where there are none. */
export function removeStatements(text: string, path: KeyPath): string {
  const found = tomlStatements(text).filter((statement) => isWithin(statement.path, path))
  return found.reduceRight((rest, statement) => withoutLines(rest, statement), text)
}

/** The blank line that set a table apart goes with its header, where another blank line or the end follows. */
function withoutLines(text: string, { kind, start, end }: Statement): string {
  const before = text.slice(0, start)
  const rest = text.slice(end)
  const stood = kind === 'header' && /^(\r?\n|$)/.test(rest) && /\n\r?\n$/.test(before)
  return (stood ? before.replace(/\r?\n$/, '') : before) + rest
}
