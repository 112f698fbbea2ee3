// Which rows are wanted: `limit` and `offset` of the root and of embeds, and the Range header.

import { Refusal } from '../../../refusal/refusal.ts'
import type { Range } from '../api-request.ts'
import { treePath } from '../grammar/names.ts'
import { parseText } from '../grammar/parser.ts'
import type { FormPair } from './decode.ts'

/** Rows `from` up to `to`, both counted; null is without end. May be empty, and may start below zero. */
interface Span {
  readonly from: number
  readonly to: number | null
}

const allRows: Span = { from: 0, to: null }

function isEmpty({ from, to }: Span): boolean {
  return to !== null && to < from
}

function isLimitZero({ to }: Span): boolean {
  return to === -1
}

function intersection(one: Span, other: Span): Span {
  const from = Math.max(one.from, other.from)
  if (one.to === null || other.to === null) return { from, to: one.to ?? other.to }
  return { from, to: Math.min(one.to, other.to) }
}

/** A whole number, kept where it is exact; null for any other text. */
function wholeNumber(text: string): number | null {
  if (!/^\s*-?\d+\s*$/.test(text)) return null
  return Math.max(Math.min(Number(text), Number.MAX_SAFE_INTEGER), -Number.MAX_SAFE_INTEGER)
}

/** `limit` without a number has no effect, unless an offset stands beside it: then it is zero. */
function spanOf(limit: string | undefined, offset: string | undefined): Span {
  const count = limit === undefined ? null : wholeNumber(limit)
  if (offset === undefined) return { from: 0, to: count === null ? null : count - 1 }
  const from = wholeNumber(offset) ?? 0
  if (limit === undefined) return { from, to: null }
  return { from, to: from + (count ?? 0) - 1 }
}

function rangeOf({ from, to }: Span): Range {
  return { offset: from, limit: to === null ? null : to - from + 1 }
}

/** `Range: 0-9`, `Range: 10-`; anything else asks for all rows, as does none. */
function headerSpan(header: string | undefined): Span {
  const match = /^(\d+)-(\d*)$/.exec(header ?? '')
  if (match === null) return allRows
  const [, first = '', last = ''] = match
  return { from: wholeNumber(first) ?? 0, to: wholeNumber(last) }
}

/** Which clause a key is, and the key of the embed before it (`clients.limit` → `clients`). */
function clauseOf(key: string): { readonly clause: string; readonly embed: string | null } {
  const dot = key.lastIndexOf('.')
  return { clause: key.slice(dot + 1), embed: dot < 0 ? null : key.slice(0, dot) }
}

interface Clauses {
  limit?: string
  offset?: string
}

function clausesByEmbed(pairs: readonly FormPair[]): Map<string | null, Clauses> {
  const byEmbed = new Map<string | null, Clauses>()
  for (const [key, value] of pairs) {
    const { clause, embed } = clauseOf(key)
    if (value === null || (clause !== 'limit' && clause !== 'offset')) continue
    byEmbed.set(embed, { ...byEmbed.get(embed), [clause]: value })
  }
  return byEmbed
}

function rootRange(method: string, clauses: Clauses, header: string | undefined): Range {
  const asked = spanOf(clauses.limit, clauses.offset)
  const fromHeader = method === 'GET' ? headerSpan(header) : allRows
  const span = isLimitZero(asked) ? { from: 0, to: -1 } : intersection(fromHeader, asked)
  if (isEmpty(span) && !isLimitZero(asked)) {
    throw new Refusal('request.range-invalid', {
      problem: isEmpty(fromHeader) ? 'lower-above-upper' : 'negative-limit',
    })
  }
  if (method === 'PUT' && (span.from !== 0 || span.to !== null)) throw new Refusal('request.put-range', {})
  return rangeOf(span)
}

export interface Ranges {
  readonly root: Range
  readonly embeds: readonly { readonly path: readonly string[]; readonly range: Range }[]
}

/**
 * Reads the ranges of a request. The Range header counts for GET alone (RFC 9110 §14.2) and narrows what
 * `limit` and `offset` leave. Refuses with `request.range-invalid`, `request.put-range`, `request.query-malformed`.
 */
export function parseRanges(method: string, pairs: readonly FormPair[], header: string | undefined): Ranges {
  const byEmbed = clausesByEmbed(pairs)
  const root = rootRange(method, byEmbed.get(null) ?? {}, header)
  const embeds = [...byEmbed].flatMap(([embed, clauses]) => {
    if (embed === null) return []
    const { path } = parseText(treePath, `${embed}.limit`, { what: 'tree path' })
    return [{ path, range: rangeOf(spanOf(clauses.limit, clauses.offset)) }]
  })
  return { root, embeds }
}
