// One WebSocket as the rest of Realtime sees it: something that takes whole frames.

/** How this client speaks: Phoenix' serializers. */
export type Vsn = '1.0.0' | '2.0.0'

/** A whole, unmasked WebSocket frame (RFC 6455 §5.2) that can be written to any number of sockets. */
export type Frame = Buffer

export interface Connection {
  readonly id: string
  readonly vsn: Vsn
  /** The headers of the upgrade, names in lower case; what `request.headers` shows to policies. */
  readonly headersJson: string
  /** Writes the frame, or keeps it for a slow socket as far as the limit allows; a socket beyond it is told and closed. */
  send(frame: Frame): void
  /** Bytes that wait to be written. */
  readonly waiting: number
  /** Ends the connection with a close code of RFC 6455 §7.4. */
  close(code: number, reason: string): void
}

/** One message for many: each form is made once, for the first member that needs it. Null where that form cannot say it. */
export interface Outgoing {
  frameFor(vsn: Vsn): Frame | null
}
