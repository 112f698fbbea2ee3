// What a step of a plan gives reason to look at, with what usually helps.

import { countText } from '../../ui/words/amounts.ts'
import type { RawNode } from './plan-tree.ts'

/** Below these, nothing is worth a word. */
const MANY_ROWS = 1_000
const FAR_OFF = 10

const readsClaims = /current_setting\(|\bauth\.(uid|jwt|role)\(|request\.jwt|requesting_\w+\(/i

/** Sentences, most important first. */
export function adviseOn(raw: RawNode): readonly string[] {
  return [...ofReading(raw), ...ofPolicy(raw), ...ofEstimate(raw), ...ofSorting(raw)]
}

/** A whole table read for a part of its rows. */
function ofReading(raw: RawNode): string[] {
  const removed = (raw['Rows Removed by Filter'] ?? 0) * (raw['Actual Loops'] ?? 1)
  const met = (raw['Actual Rows'] ?? 0) * (raw['Actual Loops'] ?? 1)
  const filter = raw.Filter
  if (raw['Node Type'] !== 'Seq Scan' || filter === undefined) return []
  const policy = readsClaims.test(filter) ? 'a policy’s condition' : 'a condition'
  const table = raw['Relation Name'] ?? 'the table'
  if (removed > MANY_ROWS && removed > met * FAR_OFF) {
    return [
      `Every row of ${table} is read for ${policy}, and ${countText(removed)} are thrown away. An index on the column that is compared would find the others.`,
    ]
  }
  const planned = raw['Actual Loops'] === undefined && (raw['Total Cost'] ?? 0) > MANY_ROWS
  return planned
    ? [`Every row of ${table} will be read for ${policy}. An index on the column that is compared may help.`]
    : []
}

/** A function of the claims that is asked for each row. */
function ofPolicy(raw: RawNode): string[] {
  const filter = raw.Filter
  if (filter === undefined || !readsClaims.test(filter)) return []
  return ['The condition reads the claims for each row. Within (select …) it is read once for the statement.']
}

function ofEstimate(raw: RawNode): string[] {
  const met = raw['Actual Rows']
  const planned = raw['Plan Rows'] ?? 0
  if (met === undefined || raw['Actual Loops'] === 0 || Math.max(met, planned) < MANY_ROWS) return []
  const factor = Math.max(met, 1) / Math.max(planned, 1)
  if (factor < FAR_OFF && factor > 1 / FAR_OFF) return []
  const table = raw['Relation Name']
  const cure = table === undefined ? '' : ` ANALYZE ${table} brings its statistics up to date.`
  return [`Planned for ${count(planned)}, met ${count(met)}.${cure}`]
}

function ofSorting(raw: RawNode): string[] {
  if (raw['Sort Space Type'] !== 'Disk') return []
  return [`Sorted on disk (${raw['Sort Space Used'] ?? 0} kB): more work_mem, or an index in this order, avoids it.`]
}

function count(rows: number): string {
  return `${countText(rows)} rows`
}
