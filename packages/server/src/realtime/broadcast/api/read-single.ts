// `POST /api/broadcast/{topic}/events/{event}?private=true`: one message, its payload the body as it is.

import { Refusal } from '../../../refusal/refusal.ts'
import { parseJson } from '../../wire/parse-json.ts'
import { BYTES, type Encoding, JSON_TEXT } from '../message/broadcast-message.ts'
import type { Addressed } from '../message/envelope.ts'

interface SinglePath {
  readonly subtopic: string
  readonly event: string
}

/** Of the path below `/api/broadcast/`, as it was sent: names may hold any character, percent-encoded. Null for another path. */
export function readSinglePath(path: string): SinglePath | null {
  const [topic = '', events, event = '', ...rest] = path.split('/')
  if (events !== 'events' || rest.length > 0) return null
  const [subtopic, name] = [decoded(topic), decoded(event)]
  return subtopic === null || name === null ? null : { subtopic, event: name }
}

function decoded(text: string): string | null {
  try {
    return text === '' ? null : decodeURIComponent(text)
  } catch {
    return null
  }
}

/**
 * The encoding that a `content-type` names; without one it is JSON. Refuses `realtime.media-type-unsupported`.
 */
export function encodingOf(contentType: string | undefined): Encoding {
  const mediaType = (contentType ?? 'application/json').split(';', 1)[0]?.trim().toLowerCase()
  if (mediaType === 'application/json') return JSON_TEXT
  if (mediaType === 'application/octet-stream') return BYTES
  throw new Refusal('realtime.media-type-unsupported', { mediaType: mediaType ?? '' })
}

/** Refuses JSON that is none or goes too deep: it would reach every client in the room. An empty body is `{}`, as upstream reads it. */
export function singleMessage(
  { subtopic, event }: SinglePath,
  isPrivate: boolean,
  encoding: Encoding,
  body: Buffer,
): Addressed {
  const payload = encoding === JSON_TEXT && body.length === 0 ? Buffer.from('{}') : body
  if (encoding === JSON_TEXT) parseJson(payload, 'The body, sent as application/json,')
  return { subtopic, isPrivate, message: { kind: 'user', event, encoding, payload, metadata: '' } }
}
