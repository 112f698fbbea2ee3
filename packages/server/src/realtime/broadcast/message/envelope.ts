// A broadcast on its way from one process to another: a header of fixed length, three texts, the payload as it is.

import { BYTES, JSON_TEXT, type BroadcastMessage } from './broadcast-message.ts'

/** A message and the room it is for. */
export interface Addressed {
  readonly subtopic: string
  readonly isPrivate: boolean
  readonly message: BroadcastMessage
}

/** Processes of another version may share the bus while one takes over from the other. */
const VERSION = 1
/** Version, flags, three lengths of four bytes. */
const HEADER = 14

const PRIVATE = 1
const USER = 2
const JSON_PAYLOAD = 4

export function sealEnvelope({ subtopic, isPrivate, message }: Addressed): Buffer {
  const isUser = message.kind === 'user'
  const texts = [subtopic, isUser ? message.event : '', isUser ? message.metadata : ''].map((text) => Buffer.from(text))
  const payload = isUser ? message.payload : Buffer.from(message.json)
  const header = Buffer.allocUnsafe(HEADER)
  header[0] = VERSION
  header[1] =
    (isPrivate ? PRIVATE : 0) | (isUser ? USER : 0) | (isUser && message.encoding === JSON_TEXT ? JSON_PAYLOAD : 0)
  texts.forEach((text, index) => header.writeUInt32BE(text.length, 2 + 4 * index))
  return Buffer.concat([header, ...texts, payload])
}

/** Null for what no process of this version has sealed. The payload stays where it is. */
export function openEnvelope(sealed: Uint8Array): Addressed | null {
  const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength)
  if (bytes.length < HEADER || bytes[0] !== VERSION) return null
  const flags = bytes[1] ?? 0
  const topicEnd = HEADER + bytes.readUInt32BE(2)
  const eventEnd = topicEnd + bytes.readUInt32BE(6)
  const metadataEnd = eventEnd + bytes.readUInt32BE(10)
  if (metadataEnd > bytes.length) return null
  const payload = bytes.subarray(metadataEnd)
  return {
    subtopic: bytes.toString('utf8', HEADER, topicEnd),
    isPrivate: (flags & PRIVATE) !== 0,
    message:
      (flags & USER) === 0
        ? { kind: 'text', json: payload.toString() }
        : {
            kind: 'user',
            event: bytes.toString('utf8', topicEnd, eventEnd),
            encoding: (flags & JSON_PAYLOAD) === 0 ? BYTES : JSON_TEXT,
            payload,
            metadata: bytes.toString('utf8', eventEnd, metadataEnd),
          },
  }
}
