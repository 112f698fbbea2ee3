// Writes to NATS and knows how much of it NATS has not taken yet. More than the bound breaks the connection, which everybody
// is told of; silence about what was dropped would be worse than a reconnection.

import type { NatsConnection } from '@nats-io/transport-node'

export interface Outbox {
  /** Drops what it is given while the connection is cut. Frames are made for as many bytes as NATS takes at once. */
  send(subject: string, frames: (most: number) => readonly Uint8Array[]): void
  /** Resolves when NATS has taken everything so far, or the connection is cut. Never rejects. */
  settled(): Promise<void>
  published(): number
  dropped(): number
}

interface OutboxOptions {
  /** Null while cut. */
  readonly current: () => NatsConnection | null
  readonly onOverflow: () => void
}

/** Bytes that may wait for NATS. */
const MOST_WAITING = 64 * 1024 * 1024

/** NATS is asked whether it has taken everything after each so many bytes. */
const STRETCH = 1024 * 1024

/** Below what NATS may allow, so that one large message does not keep others waiting for long. */
const LARGEST_FRAME = 1024 * 1024

export function createOutbox({ current, onOverflow }: OutboxOptions): Outbox {
  let [published, dropped, waiting, unasked] = [0, 0, 0, 0]
  let owner: NatsConnection | null = null
  let turn: Promise<void> | null = null
  const ask = (connection: NatsConnection): void => {
    const asked = unasked
    unasked = 0
    const taken = (): void => {
      if (owner === connection) waiting = Math.max(0, waiting - asked)
    }
    connection.flush().then(taken, taken)
  }
  const settle = async (): Promise<void> => {
    await Promise.resolve()
    turn = null
    await current()
      ?.flush()
      .catch(() => undefined)
  }
  return {
    published: () => published,
    dropped: () => dropped,
    send(subject, framesOf) {
      const connection = current()
      if (connection !== owner) [owner, waiting, unasked] = [connection, 0, 0]
      if (connection === null) return void (dropped += 1)
      const frames = framesOf(Math.min(connection.info?.max_payload ?? LARGEST_FRAME, LARGEST_FRAME))
      const size = frames.reduce((sum, frame) => sum + frame.length, 0)
      if (waiting > 0 && waiting + size > MOST_WAITING) {
        dropped += 1
        return onOverflow()
      }
      for (const frame of frames) connection.publish(subject, frame)
      published += 1
      waiting += size
      unasked += size
      if (unasked > STRETCH) ask(connection)
    },
    // Joins that come together are settled by one question.
    settled: () => (turn ??= settle()),
  }
}
