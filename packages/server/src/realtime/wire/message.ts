// What a client says, once its frame is read: the same for both serializers.

/** As the client counts: in texts, or in numbers; answers name it as it came. */
export type Ref = string | number | null

export interface Message {
  readonly joinRef: Ref
  /** What a reply is matched by. */
  readonly ref: Ref
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
