// Reads the binary broadcast of serializer 2.0.0, frame kind 3: lengths of one byte each, the texts, then the payload.

import { Refusal } from '../../refusal/refusal.ts'
import type { Message } from './message.ts'
import { parseJson } from './parse-json.ts'

/** The kind of a broadcast that a client pushes. */
export const USER_PUSH = 3
/** Kind, five lengths and the encoding. */
const HEADER = 7

/** Reads the frame; the payload stays where it is. Refuses `realtime.message-malformed`. */
export function parseBinary(data: Buffer): Message {
  if (data.length < HEADER || data[0] !== USER_PUSH) throw malformed('The only binary message is a broadcast of kind 3')
  const [, joinRefLength = 0, refLength = 0, topicLength = 0, eventLength = 0, metadataLength = 0, encoding] = data
  if (encoding !== 0 && encoding !== 1) throw malformed('The encoding of a binary broadcast is 0 (bytes) or 1 (JSON)')
  const joinRefEnd = HEADER + joinRefLength
  const refEnd = joinRefEnd + refLength
  const topicEnd = refEnd + topicLength
  const eventEnd = topicEnd + eventLength
  const metadataEnd = eventEnd + metadataLength
  if (metadataEnd > data.length) throw malformed('The binary message ends before its header says')
  if (topicLength === 0) throw malformed('The topic must be a string')
  const bytes = data.subarray(metadataEnd)
  return {
    joinRef: textOrNull(data, HEADER, joinRefEnd),
    ref: textOrNull(data, joinRefEnd, refEnd),
    topic: data.toString('utf8', refEnd, topicEnd),
    event: 'broadcast',
    payload: encoding === 1 ? parseJson(bytes, 'The payload of the binary message') : undefined,
    binary: {
      event: data.toString('utf8', topicEnd, eventEnd),
      metadata: data.subarray(eventEnd, metadataEnd),
      encoding,
      bytes,
    },
  }
}

function textOrNull(data: Buffer, start: number, end: number): string | null {
  return start === end ? null : data.toString('utf8', start, end)
}

function malformed(reason: string): Refusal {
  return new Refusal('realtime.message-malformed', { reason })
}
