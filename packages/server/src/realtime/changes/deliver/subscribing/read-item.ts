// Reads an item of `postgres_changes`. Keys that are not known here are the client's own affair.

import { Refusal } from '../../../../refusal/refusal.ts'
import { parseFilter } from '../filter/parse/parse-filter.ts'
import { parseSince } from '../replay/since.ts'
import type { ChangeRequest } from './change-request.ts'

type Item = Readonly<Record<string, unknown>>

const NOTHING_ASKED = 'No subscription params provided. Please provide at least a `schema` or `table` to subscribe to'
const WILDCARD_SELECT =
  'Column selection is not supported for wildcard subscriptions. Provide an explicit schema and table name.'
const MALFORMED_SELECT =
  'Error parsing `select` params: expected a list of column name strings, e.g. select: ["col1", "col2"]'

const EVENTS = ['*', 'INSERT', 'UPDATE', 'DELETE'] as const

/** Refuses with `realtime.subscription-invalid`, in whole sentences; where upstream has the same, in its. */
export function readItem(item: Item): ChangeRequest {
  const { event = '*' } = item
  const known = EVENTS.find((name) => typeof event === 'string' && name === event.toUpperCase())
  if (known === undefined) throw invalid('The event of a subscription is one of *, INSERT, UPDATE and DELETE')
  const [schema, table] = [textOf(item, 'schema'), textOf(item, 'table')]
  if (schema === null && table === null) throw invalid(NOTHING_ASKED)
  const request = {
    event: known,
    schema: schema ?? 'public',
    table: table === '*' ? null : table,
    filter: textOf(item, 'filter'),
    select: columnsOf(item['select']),
    since: sinceOf(item['since']),
  }
  return checked(request)
}

function checked(request: ChangeRequest): ChangeRequest {
  const { schema, table, filter, select } = request
  if (table !== null && schema === '*') throw invalid('A table is named together with its schema')
  if (table === null && filter !== null) throw invalid('A filter needs a table')
  if (table === null && select !== null) throw invalid(WILDCARD_SELECT)
  if (filter !== null) parseFilter(filter)
  return request
}

function textOf(item: Item, name: 'schema' | 'table' | 'filter'): string | null {
  const value = item[name]
  if (value === undefined || value === null) return null
  if (typeof value !== 'string') throw invalid(`The ${name} of a subscription must be a string`)
  return value.trim() === '' ? null : value
}

function columnsOf(value: unknown): readonly string[] | null {
  if (value === undefined || value === null) return null
  const isList = Array.isArray(value) && value.every((name): name is string => typeof name === 'string')
  if (!isList) throw invalid(MALFORMED_SELECT)
  return value.length === 0 ? null : value
}

function sinceOf(value: unknown): ChangeRequest['since'] {
  if (value === undefined || value === null || value === '') return null
  const since = parseSince(value)
  if (since === null) throw invalid('The since of a subscription must be a commit_timestamp or a log sequence number')
  return since
}

function invalid(reason: string): Refusal {
  return new Refusal('realtime.subscription-invalid', { reason })
}
