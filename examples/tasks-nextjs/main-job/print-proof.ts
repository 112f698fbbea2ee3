// Prints the main job's table in plain characters.

import type { ProofRow } from './prove-main-job.ts'

const HEADINGS = ['who asks', 'tasks', "the organisation's tasks", 'adds one to the organisation', 'as promised']

/** The table as text, one line per caller, and below it why each no was said. */
export function printProof(rows: readonly ProofRow[]): string {
  const cells = rows.map((row) => [
    row.who,
    row.ownTasks,
    row.organizationTasks,
    row.addToOrganization,
    row.asPromised ? 'yes' : 'NO',
  ])
  const widths = HEADINGS.map((heading, column) =>
    Math.max(heading.length, ...cells.map((line) => (line[column] ?? '').length)),
  )
  const line = (values: readonly string[]): string =>
    values
      .map((value, column) => value.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd()
  const rule = widths.map((width) => '-'.repeat(width)).join('  ')
  const reasons = rows.flatMap(({ who, why }) => (why === null ? [] : [`${who}: ${why}`]))
  return [line(HEADINGS), rule, ...cells.map(line), '', 'Why the answer was no:', '', ...reasons].join('\n')
}
