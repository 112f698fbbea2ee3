// The response stage: rows to status, headers and body. The order of headers is PostgREST's.

import { Refusal } from '../../refusal/refusal.ts'
import { contentType } from '../plan/media/content-type.ts'
import type { CallPlan, MutationPlan, OptionsPlan, ReadPlan } from '../plan/plan.ts'
import type { ApiRequest } from '../request/api-request.ts'
import type { WebResponse } from '../web.ts'
import type { AnswerRow } from './answer-row.ts'
import { preferenceApplied } from './preference-applied.ts'
import { contentRange, rangeStatus } from './range.ts'
import { type Head, withOverrides } from './sql-overrides.ts'

type Header = readonly [name: string, value: string]

/** Renders a refusal to a body: the one case where a response is both an answer and a refusal (416). */
export type RenderBody = (refusal: Refusal<'request.range-invalid'>) => string

/** Answers a plan whose promises were kept. Refuses what SQL asked of the response and cannot be done. */
export function respond(
  row: AnswerRow,
  request: ApiRequest,
  plan: ReadPlan | MutationPlan | CallPlan,
  renderBody: RenderBody,
): WebResponse {
  switch (plan.kind) {
    case 'read':
      return respondRead(row, request, plan, renderBody)
    case 'mutation':
      return respondMutation(row, request, plan)
    case 'call':
      return respondCall(row, request, plan, renderBody)
  }
}

/** Answers with an execution plan. */
export function respondExplained(
  body: string,
  request: ApiRequest,
  plan: ReadPlan | MutationPlan | CallPlan,
): WebResponse {
  return { status: 200, headers: contentHeaders(plan.answer.mediaType, request), body }
}

/** Answers OPTIONS. */
export function respondOptions({ allow }: OptionsPlan): WebResponse {
  return {
    status: 200,
    headers: [
      ['Access-Control-Allow-Origin', '*'],
      ['Allow', allow.join(',')],
    ],
    body: '',
  }
}

/** Content-Type, and the schema where it was negotiated. */
export function contentHeaders(mediaType: string, { schema, profileNegotiated }: ApiRequest): readonly Header[] {
  const type: Header = ['Content-Type', contentType(mediaType)]
  return profileNegotiated ? [type, ['Content-Profile', schema]] : [type]
}

function respondRead(row: AnswerRow, request: ApiRequest, plan: ReadPlan, renderBody: RenderBody): WebResponse {
  const { range } = plan
  const status = rangeStatus(range, row.page, row.total)
  const headers: readonly Header[] = [
    ['Content-Range', contentRange(range.offset, row.page, row.total)],
    ...ownAddress(request, plan),
    ...contentHeaders(plan.answer.mediaType, request),
    ...appliedHeaders(request, plan),
  ]
  const body = status === 416 ? renderBody(outOfBounds(range.offset, row)) : bodyOf(row, plan)
  return answer({ status, headers }, row, plan.headersOnly ? '' : body, plan.headersOnly)
}

/** Beyond this many bytes an address is not repeated: `fetch` in Node refuses answers with 16 KiB of headers. */
const LONGEST_OWN_ADDRESS = 8_000

/** Where the same answer can be had by GET. */
function ownAddress({ canonicalQuery }: ApiRequest, { relation }: ReadPlan): readonly Header[] {
  if (canonicalQuery === null || canonicalQuery.length > LONGEST_OWN_ADDRESS) return []
  return [['Content-Location', `/${relation.name}${canonicalQuery === '' ? '' : `?${canonicalQuery}`}`]]
}

function respondMutation(row: AnswerRow, request: ApiRequest, plan: MutationPlan): WebResponse {
  const shows = plan.return === 'representation'
  const headers: readonly Header[] = [
    ...locationHeaders(row, plan),
    ...affectedRange(row, request),
    ...(shows ? contentHeaders(plan.answer.mediaType, request) : []),
    ...appliedHeaders(request, plan),
  ]
  return answer({ status: mutationStatus(row, request, shows), headers }, row, shows ? bodyOf(row, plan) : '')
}

function respondCall(row: AnswerRow, request: ApiRequest, plan: CallPlan, renderBody: RenderBody): WebResponse {
  const { range } = plan
  const rangeHeader: Header = ['Content-Range', contentRange(range.offset, row.page, row.total)]
  const applied = appliedHeaders(request, plan)
  if (plan.routine.returns.shape === 'void' && !plan.routine.returns.set) {
    return answer({ status: 204, headers: [rangeHeader, ...applied] }, row, '')
  }
  const status = rangeStatus(range, row.page, row.total)
  const headers = [rangeHeader, ...contentHeaders(plan.answer.mediaType, request), ...applied]
  const body = status === 416 ? renderBody(outOfBounds(range.offset, row)) : bodyOf(row, plan)
  return answer({ status, headers }, row, plan.headersOnly ? '' : body, plan.headersOnly)
}

function answer(head: Head, row: AnswerRow, body: string | Buffer, withoutLength = false): WebResponse {
  const { status, headers } = withOverrides(head, row)
  return { status, headers, body, ...(withoutLength ? { withoutLength } : {}) }
}

/** Postgres prints bytes as hexadecimal digits behind `\x`. */
function bodyOf({ body }: AnswerRow, { answer: { handler } }: ReadPlan | MutationPlan | CallPlan): string | Buffer {
  if (handler.kind !== 'custom' || !handler.handler.bytes || !body.startsWith('\\x')) return body
  return Buffer.from(body.slice(2), 'hex')
}

function appliedHeaders(request: ApiRequest, plan: ReadPlan | MutationPlan | CallPlan): readonly Header[] {
  const applied = preferenceApplied(request, plan)
  return applied === null ? [] : [['Preference-Applied', applied]]
}

function outOfBounds(lower: number, { total }: AnswerRow): Refusal<'request.range-invalid'> {
  return new Refusal('request.range-invalid', { problem: 'out-of-bounds', lower, total: total ?? 0 })
}

/** Where the only row inserted can be read. */
function locationHeaders({ location }: AnswerRow, { relation }: MutationPlan): readonly Header[] {
  if (location === null || location.length === 0) return []
  const filters = location.map(([column, value]) => {
    const filter = value === null ? 'is.null' : `eq.${value}`
    return `${encodeQuery(column)}=${encodeQuery(filter)}`
  })
  return [['Location', `/${relation.name}?${filters.join('&')}`]]
}

/** Everything but the unreserved characters of RFC 3986 §2.3. */
function encodeQuery(text: string): string {
  return encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

function affectedRange({ page }: AnswerRow, { action, preferences }: ApiRequest): readonly Header[] {
  if (action.kind === 'upsert-one') return []
  const total = preferences.count === 'exact' || preferences.count === 'estimated' ? page : null
  return [['Content-Range', contentRange(0, action.kind === 'update' ? page : 0, total)]]
}

function mutationStatus({ inserted }: AnswerRow, { action, preferences }: ApiRequest, shows: boolean): number {
  if (action.kind === 'insert') {
    return preferences.resolution === 'merge-duplicates' && (inserted ?? 0) <= 0 ? 200 : 201
  }
  if (!shows) return 204
  return action.kind === 'upsert-one' && (inserted ?? 0) > 0 ? 201 : 200
}
