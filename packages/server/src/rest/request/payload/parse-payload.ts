// The body of a request as a payload, by its Content-Type and by what is done with it.

import { isUtf8 } from 'node:buffer'
import { Refusal } from '../../../refusal/refusal.ts'
import type { Action, MediaType, Payload } from '../api-request.ts'
import { splitForm } from '../query/decode.ts'
import { jsonShape } from './json-shape.ts'
import { parseCsv } from './parse-csv.ts'
import { requireDepth } from './require-depth.ts'

export interface BodyUse {
  readonly action: Action
  readonly contentType: MediaType
  /** `columns` says which keys count; of the body only its depth is then looked at. */
  readonly columnsGiven: boolean
  readonly jsonDepth: number
}

/** Whether the action looks at a body at all. */
export function takesBody(action: Action): boolean {
  if (action.kind === 'call') return action.by === 'post'
  return action.kind === 'insert' || action.kind === 'upsert-one' || action.kind === 'update'
}

function invalid(reason: string): Refusal {
  return new Refusal('request.body-invalid', { reason })
}

const noRows: Payload = { kind: 'json', raw: '[]', shape: 'array', keys: [] }
const noKeys: Payload = { kind: 'json', raw: '{}', shape: 'object', keys: [] }

function jsonPayload(body: Buffer, use: BodyUse): Payload {
  if (!isUtf8(body)) throw invalid('Empty or invalid json')
  const raw = body.toString('utf8')
  if (use.columnsGiven) {
    requireDepth(raw, use.jsonDepth)
    return { kind: 'json', raw, shape: raw.trimStart().startsWith('[') ? 'array' : 'object', keys: null }
  }
  if (body.length === 0 && use.action.kind === 'call') return noKeys
  const shape = jsonShape(raw, use.jsonDepth)
  if (shape.kind === 'scalar') return noRows
  if (shape.keys === null) throw invalid('All object keys must match')
  return { kind: 'json', raw, shape: shape.kind, keys: shape.keys }
}

function utf8(body: Buffer): Buffer {
  if (!isUtf8(body)) throw new Refusal('request.encoding-invalid', { where: 'body' })
  return body
}

function csvPayload(body: Buffer): Payload {
  const { keys, rows } = parseCsv(utf8(body).toString('utf8'))
  return { kind: 'json', raw: JSON.stringify(rows), shape: 'array', keys }
}

function formPayload(body: Buffer, isCall: boolean): Payload {
  const fields = splitForm(body.toString('latin1'), 'body').map(([name, value]) => [name, value ?? ''] as const)
  if (isCall) return { kind: 'form', fields }
  const row = Object.fromEntries(fields)
  return { kind: 'json', raw: JSON.stringify(row), shape: 'object', keys: Object.keys(row).toSorted() }
}

/**
 * Reads a body. JSON goes on as it came; CSV and forms become JSON, except that a call takes a form as arguments
 * and text, XML or bytes as its one argument. Refuses with `request.body-invalid`, `request.encoding-invalid`,
 * `request.limit-exceeded`.
 */
export function parsePayload(body: Buffer, use: BodyUse): Payload {
  const isCall = use.action.kind === 'call'
  const { essence, written } = use.contentType
  switch (essence) {
    case 'application/json':
      return jsonPayload(body, use)
    case 'text/csv':
      return csvPayload(body)
    case 'application/x-www-form-urlencoded':
      return formPayload(body, isCall)
    case 'text/plain':
    case 'text/xml':
      if (isCall) return { kind: 'raw', mediaType: essence, bytes: utf8(body) }
      break
    case 'application/octet-stream':
      if (isCall) return { kind: 'raw', mediaType: essence, bytes: body }
  }
  throw invalid(`Content-Type not acceptable: ${written}`)
}
