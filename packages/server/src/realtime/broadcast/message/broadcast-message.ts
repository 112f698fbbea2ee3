// A broadcast on its way, in the form it came: what is JSON text stays that text, what is bytes stays those bytes.

/** What is told to everybody in a room. */
export type BroadcastMessage = TextMessage | UserMessage

/** Whole, as the payload of a Phoenix message: `{"type":"broadcast","event":…,"payload":…}`. */
export interface TextMessage {
  readonly kind: 'text'
  readonly json: string
}

/** The user's event and payload; what surrounds them differs from serializer to serializer. */
export interface UserMessage {
  readonly kind: 'user'
  readonly event: string
  readonly encoding: Encoding
  /** Of the encoding 1, JSON text in UTF-8. */
  readonly payload: Buffer
  /** JSON text; empty for none. */
  readonly metadata: string
}

/** As the binary serializer numbers them: raw bytes, JSON. */
export type Encoding = typeof BYTES | typeof JSON_TEXT
export const BYTES = 0
export const JSON_TEXT = 1

/** The text form of what was said by event and payload; null for raw bytes, which text cannot say. */
export function asText({ event, encoding, payload, metadata }: UserMessage): string | null {
  if (encoding === BYTES) return null
  const meta = metadata === '' ? '' : `,"meta":${metadata}`
  return `{"event":${JSON.stringify(event)},"payload":${payload.toString()},"type":"broadcast"${meta}}`
}

/** The id of a message that the database keeps; null for others. */
export function idOf(message: BroadcastMessage): string | null {
  if (message.kind === 'text' || message.metadata === '') return null
  const { id } = JSON.parse(message.metadata) as { readonly id?: unknown }
  return typeof id === 'string' ? id : null
}
