// What a client says, once its frame is read: the same for both serializers.

export interface Message {
  readonly joinRef: string | null
  /** What a reply is matched by; null where the client expects none. */
  readonly ref: string | null
  readonly topic: string
  readonly event: string
  /** Undefined for a binary broadcast of raw bytes. */
  readonly payload: unknown
  /** Of a binary broadcast (frame kind 3). */
  readonly binary: BinaryBroadcast | null
}

export interface BinaryBroadcast {
  /** The user's own event. */
  readonly event: string
  readonly metadata: Buffer
  /** 0 for raw bytes, 1 for JSON. */
  readonly encoding: 0 | 1
  readonly bytes: Buffer
}
