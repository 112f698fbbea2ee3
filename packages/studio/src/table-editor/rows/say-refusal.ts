// What a refused change says, for the place where it was typed.

import { RequestRefused } from '../../api/request.ts'
import type { Row } from './relation.ts'

/** One or two sentences: what was refused, and what to do. */
export function sayRefusal(error: unknown): string {
  if (!(error instanceof RequestRefused)) return error instanceof Error ? error.message : String(error)
  if (error.status === 0) return 'The server cannot be reached. What you typed is still here; try again.'
  const parts = [error.message, error.details, error.hint].filter((part): part is string => !!part)
  return parts.map((part) => (/[.!?]$/.test(part) ? part : `${part}.`)).join(' ')
}

/** The column that a refused value was meant for. */
export function refusedColumn(error: unknown): string | null {
  const column = error instanceof RequestRefused ? error.body['column'] : null
  return typeof column === 'string' ? column : null
}

/** The row as somebody else has made it in the meantime, with the names of its cells. */
export function changedMeanwhile(error: unknown): { readonly columns: readonly string[]; readonly row: Row } | null {
  if (!(error instanceof RequestRefused) || error.code !== 'platform.row-changed') return null
  return error.body as { readonly columns: readonly string[]; readonly row: Row }
}
