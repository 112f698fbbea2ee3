// Prints the binary broadcast of serializer 2.0.0 that the server sends, frame kind 4.

import type { Frame } from '../sockets/connection.ts'
import { binaryFrame } from './frame.ts'

/** The kind of a broadcast that the server sends. */
export const USER_BROADCAST = 4
/** Lengths are one byte. */
const LONGEST = 255

export interface UserBroadcast {
  readonly topic: string
  readonly event: string
  /** JSON text; empty for none. */
  readonly metadata: string
  /** 0 for raw bytes, 1 for JSON. */
  readonly encoding: 0 | 1
  readonly bytes: Uint8Array
}

/** The frame; null where a text is longer than 255 bytes, which this form cannot say. */
export function printBroadcast({ topic, event, metadata, encoding, bytes }: UserBroadcast): Frame | null {
  const texts = [topic, event, metadata].map((text) => Buffer.from(text))
  const lengths = texts.map((text) => text.length)
  if (lengths.some((length) => length > LONGEST)) return null
  return binaryFrame([Uint8Array.of(USER_BROADCAST, ...lengths, encoding), ...texts, bytes])
}
