// A return type as people write it: one type, `setof` one, or `table(…)`. Whether a type exists is for Postgres to say.

import { Refusal } from '../../../refusal/refusal.ts'
import type { Returns } from './sql/function-statements.ts'

/** Refuses `request.body-invalid` where the columns of `table(…)` cannot be read. */
export function parseReturns(text: string): Returns {
  const written = text.trim()
  const set = /^setof\s+(?<type>.+)$/is.exec(written)?.groups?.['type']
  if (set !== undefined) return { kind: 'set', type: set.trim() }
  const columns = /^table\s*\((?<columns>.*)\)$/is.exec(written)?.groups?.['columns']
  if (columns === undefined) return { kind: 'one', type: written }
  return { kind: 'table', columns: splitColumns(columns).map(parseColumn) }
}

/** At the commas that stand in no parentheses and no quotes. */
function splitColumns(text: string): readonly string[] {
  const parts: string[] = ['']
  let depth = 0
  for (const piece of text.match(/"(?:[^"]|"")*"|[\s\S]/g) ?? []) {
    if (piece === '(') depth++
    if (piece === ')') depth--
    if (piece === ',' && depth === 0) parts.push('')
    else parts[parts.length - 1] += piece
  }
  return parts
}

/** A name without quotes is folded to lower case, as everywhere in SQL. */
function parseColumn(text: string): { name: string; type: string } {
  const { quoted, plain, type } =
    /^\s*(?:"(?<quoted>(?:[^"]|"")+)"|(?<plain>[^\s"(),]+))\s+(?<type>\S[\s\S]*)$/.exec(text)?.groups ?? {}
  const name = quoted?.replaceAll('""', '"') ?? plain?.toLowerCase()
  if (name !== undefined && type !== undefined) return { name, type: type.trim() }
  throw new Refusal(
    'request.body-invalid',
    { reason: `returns: “${text.trim()}” is not a column of table(…)` },
    { fix: 'Write each column as a name and a type: table(id bigint, title text).' },
  )
}
