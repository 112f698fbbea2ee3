// What SQL said of the response through the settings `response.status` and `response.headers`.

import { Refusal } from '../../refusal/refusal.ts'
import type { AnswerRow } from './answer-row.ts'

type Header = readonly [name: string, value: string]

export interface Head {
  readonly status: number
  readonly headers: readonly Header[]
}

/**
 * The head with SQL's own status, and its headers in place of ours of the same name; it may repeat its own.
 * Refuses `postgres.response-status-invalid` and `postgres.response-headers-invalid`.
 */
export function withOverrides(head: Head, row: Pick<AnswerRow, 'headers' | 'status'>): Head {
  if (row.headers === null && row.status === null) return head
  const own = row.headers === null ? [] : parseHeaders(row.headers)
  const replaced = new Set(own.map(([name]) => name.toLowerCase()))
  const kept = head.headers.filter(([name]) => !replaced.has(name.toLowerCase()))
  return { status: row.status === null ? head.status : parseStatus(row.status), headers: [...kept, ...own] }
}

/** Leading digits count; PostgREST reads it so. */
function parseStatus(text: string): number {
  const digits = /^\d+/.exec(text)?.[0]
  const status = Number(digits)
  if (digits === undefined || status < 100 || status > 999) throw new Refusal('postgres.response-status-invalid', {})
  return status
}

function parseHeaders(json: string): readonly Header[] {
  const list = parseJson(json)
  if (!Array.isArray(list)) throw invalidHeaders()
  return list.map((entry: unknown) => {
    const pairs = typeof entry === 'object' && entry !== null ? Object.entries(entry) : []
    const [pair, another] = pairs
    if (pair === undefined || another !== undefined) throw invalidHeaders()
    const [name, value] = pair as [string, unknown]
    if (typeof value !== 'string' || !isFieldName.test(name) || breaksLine.test(value)) throw invalidHeaders()
    return [name, value] as const
  })
}

/** RFC 9110 §5.1 and §5.5: what can stand in a header without ending it. */
const isFieldName = /^[\w!#$%&'*+.^`|~-]+$/
// oxlint-disable-next-line no-control-regex
const breaksLine = /[\0\r\n]/

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch (cause) {
    throw invalidHeaders(cause)
  }
}

function invalidHeaders(cause?: unknown): Refusal {
  return new Refusal('postgres.response-headers-invalid', {}, { cause })
}
