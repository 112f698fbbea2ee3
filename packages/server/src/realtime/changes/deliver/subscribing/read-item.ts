// Reads an item of `postgres_changes`. Keys that are not known here are the client's own affair.

import { Refusal } from '../../../../refusal/refusal.ts'
import { parseSince } from '../replay/since.ts'
import type { ChangeRequest } from './change-request.ts'

type Item = Readonly<Record<string, unknown>>

const EVENTS = ['*', 'INSERT', 'UPDATE', 'DELETE'] as const

/** Refuses with `realtime.subscription-invalid`. */
export function readItem(item: Item): ChangeRequest {
  const { event = '*' } = item
  const known = EVENTS.find((name) => typeof event === 'string' && name === event.toUpperCase())
  if (known === undefined) throw invalid('event is one of *, INSERT, UPDATE and DELETE')
  const [schema, table] = [textOf(item, 'schema'), textOf(item, 'table')]
  if (schema === null && table === null) throw invalid('at least a schema or a table must be named')
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
  if (table !== null && schema === '*') throw invalid('a table is named together with its schema')
  if (table === null && filter !== null) throw invalid('a filter needs a table')
  if (table === null && select !== null) throw invalid('a list of columns needs a table')
  return request
}

function textOf(item: Item, name: 'schema' | 'table' | 'filter'): string | null {
  const value = item[name]
  if (value === undefined || value === null || value === '') return null
  if (typeof value !== 'string') throw invalid(`${name} must be a string`)
  return value
}

function columnsOf(value: unknown): readonly string[] | null {
  if (value === undefined || value === null) return null
  const isList = Array.isArray(value) && value.every((name): name is string => typeof name === 'string')
  if (!isList) throw invalid('select must be a list of column names')
  return value.length === 0 ? null : value
}

function sinceOf(value: unknown): ChangeRequest['since'] {
  if (value === undefined || value === null || value === '') return null
  const since = parseSince(value)
  if (since === null) throw invalid('since must be a commit_timestamp or a log sequence number')
  return since
}

function invalid(reason: string): Refusal {
  return new Refusal('realtime.subscription-invalid', { reason })
}
