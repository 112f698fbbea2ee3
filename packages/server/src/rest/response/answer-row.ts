// What the main statement gave back, as values.

import type { Rows } from '../../database/statement.ts'
import { envelopeColumns } from '../sql/envelope.ts'

export interface AnswerRow {
  /** Rows there are without the range; null where nobody asked. */
  readonly total: number | null
  /** Rows returned or affected. */
  readonly page: number
  readonly body: string
  /** JSON that SQL put into `response.headers`. */
  readonly headers: string | null
  /** What SQL put into `response.status`. */
  readonly status: string | null
  /** Rows inserted less rows updated, of an upsert; null for anything else. */
  readonly inserted: number | null
  /** [column, value] of the primary key of the only row inserted; null value for SQL NULL. */
  readonly location: readonly (readonly [column: string, value: string | null])[] | null
}

/** Reads the row of `envelopeColumns`. A call that gave no row at all affected nothing. */
export function readAnswerRow({ rows: [cells] }: Rows): AnswerRow {
  if (cells === undefined) {
    return { total: 0, page: 0, body: '', headers: null, status: null, inserted: null, location: null }
  }
  const cell = (name: (typeof envelopeColumns)[number]): string | null => cells[envelopeColumns.indexOf(name)] ?? null
  const location = cell('location')
  return {
    total: numberOrNull(cell('total')),
    page: Number(cell('page')),
    body: cell('body') ?? '',
    headers: cell('headers'),
    status: cell('status'),
    inserted: numberOrNull(cell('inserted')),
    location: location === null ? null : (JSON.parse(location) as [string, string | null][]),
  }
}

/** `Plan Rows` of `EXPLAIN (FORMAT JSON)`: Postgres's guess. */
export function readEstimate({ rows: [cells] }: Rows): number {
  const [plan] = JSON.parse(cells?.[0] ?? '[]') as { Plan?: { 'Plan Rows'?: number } }[]
  return plan?.Plan?.['Plan Rows'] ?? 0
}

/** The lines of an execution plan as a body. */
export function readExplained({ rows }: Rows): string {
  return rows.map(([line]) => `${line ?? ''}\n`).join('')
}

function numberOrNull(text: string | null): number | null {
  return text === null || text === '' ? null : Number(text)
}
