// Reads one WebSocket message of a client, as Phoenix' serializers write it: an object (1.0.0), an array (2.0.0), or
// the binary broadcast of 2.0.0. Refuses `realtime.message-malformed`.

import { Refusal } from '../../refusal/refusal.ts'
import type { Vsn } from '../sockets/connection.ts'
import type { Message, Ref } from './message.ts'
import { parseBinary } from './parse-binary.ts'
import { parseJson } from './parse-json.ts'

/** More are passed over, as upstream. */
const FIELDS = 5

/** Reads the message. What it says is not looked at, but that its parts are there and of their kind. */
export function parseMessage(vsn: Vsn, data: Buffer, isBinary: boolean): Message {
  if (isBinary) {
    if (vsn === '1.0.0') throw malformed('Serializer 1.0.0 has no binary messages')
    return parseBinary(data)
  }
  const value = parseJson(data, 'The message')
  return vsn === '1.0.0' ? fromObject(value) : fromArray(value)
}

function fromObject(value: unknown): Message {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw malformed('A message of serializer 1.0.0 is an object with topic, event, payload and ref')
  }
  const { join_ref: joinRef, ref, topic, event, payload } = value as Readonly<Record<string, unknown>>
  return message(joinRef, ref, topic, event, payload)
}

function fromArray(value: unknown): Message {
  if (!Array.isArray(value) || value.length < FIELDS) {
    throw malformed('A message of serializer 2.0.0 is an array of join_ref, ref, topic, event and payload')
  }
  const [joinRef, ref, topic, event, payload] = value as readonly unknown[]
  return message(joinRef, ref, topic, event, payload)
}

function message(joinRef: unknown, ref: unknown, topic: unknown, event: unknown, payload: unknown): Message {
  if (typeof topic !== 'string' || topic === '') throw malformed('The topic must be a string')
  if (typeof event !== 'string' || event === '') throw malformed('The event must be a string')
  return { joinRef: refOf(joinRef), ref: refOf(ref), topic, event, payload, binary: null }
}

function refOf(value: unknown): Ref {
  if (typeof value === 'string' || typeof value === 'number') return value
  if (value === null || value === undefined) return null
  throw malformed('ref and join_ref must be strings')
}

function malformed(reason: string): Refusal {
  return new Refusal('realtime.message-malformed', { reason })
}
