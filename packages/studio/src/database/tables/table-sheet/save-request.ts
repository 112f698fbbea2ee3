// Where a form goes.

import { pathOf, type TableDetail } from '../table.ts'
import { changeBody, newTableBody } from './form/request-body.ts'
import type { TableForm } from './form/table-form.ts'

export interface SaveRequest {
  readonly method: 'POST' | 'PATCH'
  readonly path: string
  readonly body: object
}

/** `table` is what the form was opened with; null for a new one. */
export function saveRequest(
  schema: string,
  table: TableDetail | null,
  before: TableForm,
  form: TableForm,
): SaveRequest {
  if (table === null) return { method: 'POST', path: '/tables', body: newTableBody(schema, form) }
  return { method: 'PATCH', path: pathOf(table), body: changeBody(table, before, form) }
}
