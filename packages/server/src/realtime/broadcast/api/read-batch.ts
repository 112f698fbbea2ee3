// The body of `POST /api/broadcast`: `{"messages":[{"topic","event","payload","private"?,"id"?}]}`. What is wrong with it is
// said field by field, in the words and the shape of upstream's validation.

import type { Addressed } from '../message/envelope.ts'

/** By field; for `messages` whole, or one object for each message, empty where it is well. */
export interface BatchErrors {
  readonly messages: readonly string[] | readonly FieldErrors[]
}

type FieldErrors = Readonly<Record<string, readonly string[]>>

type ReadBatch =
  | { readonly kind: 'batch'; readonly messages: readonly Addressed[] }
  | { readonly kind: 'invalid'; readonly errors: BatchErrors }

const BLANK = ["can't be blank"]
const INVALID = ['is invalid']
const TOO_LARGE = ['Payload size exceeds tenant limit']

const BOOLEANS: ReadonlyMap<unknown, boolean> = new Map<unknown, boolean>([
  [undefined, false],
  [null, false],
  [true, true],
  ['true', true],
  ['1', true],
  [false, false],
  ['false', false],
  ['0', false],
])

/** `broadcastBytes`: the most that one payload may be, as JSON. */
export function readBatch(body: unknown, broadcastBytes: number): ReadBatch {
  const messages = fieldsOf(body)?.['messages']
  if (messages === undefined || messages === null) return invalid(BLANK)
  if (!Array.isArray(messages)) return invalid(INVALID)
  if (messages.length === 0) return invalid(BLANK)
  const all = messages.map((message) => fieldsOf(message))
  if (all.includes(null)) return invalid(INVALID)
  const read = all.map((fields) => readMessage(fields ?? {}, broadcastBytes))
  const errors = read.map((one) => ('errors' in one ? one.errors : {}))
  if (errors.some((one) => Object.keys(one).length > 0)) return invalid(errors)
  return { kind: 'batch', messages: read.flatMap((one) => ('errors' in one ? [] : [one])) }
}

function readMessage(fields: Fields, broadcastBytes: number): Addressed | { readonly errors: FieldErrors } {
  const { topic, event, payload, private: isPrivate, id } = fields
  const json = fieldsOf(payload) === null ? null : JSON.stringify(payload)
  const found: Record<string, readonly string[] | null> = {
    topic: textErrors(topic),
    payload: payloadErrors(payload, json, broadcastBytes),
    event: textErrors(event),
    private: BOOLEANS.has(isPrivate) ? null : INVALID,
    id: id === undefined || id === null || typeof id === 'string' ? null : INVALID,
  }
  const errors = Object.entries(found).flatMap(([field, wrong]) => (wrong === null ? [] : [[field, wrong] as const]))
  if (errors.length > 0) return { errors: Object.fromEntries(errors) }
  const meta = typeof id === 'string' && id !== '' ? `,"meta":${JSON.stringify({ id })}` : ''
  return {
    subtopic: topic as string,
    isPrivate: BOOLEANS.get(isPrivate) ?? false,
    message: { kind: 'text', json: `{"type":"broadcast","event":${JSON.stringify(event)},"payload":${json}${meta}}` },
  }
}

function textErrors(value: unknown): readonly string[] | null {
  if (value === undefined || value === null) return BLANK
  if (typeof value !== 'string') return INVALID
  return value.trim() === '' ? BLANK : null
}

function payloadErrors(payload: unknown, json: string | null, limit: number): readonly string[] | null {
  if (payload === undefined || payload === null) return BLANK
  if (json === null) return INVALID
  return Buffer.byteLength(json) > limit ? TOO_LARGE : null
}

type Fields = Readonly<Record<string, unknown>>

function fieldsOf(value: unknown): Fields | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : null
}

function invalid(messages: BatchErrors['messages']): ReadBatch {
  return { kind: 'invalid', errors: { messages } }
}
