// The messages themselves, in memory: the newest five hundred, gone with the process.

import type { MailboxMessage } from './message.ts'

export interface MessageFilter {
  /** In any capitals; null for everybody. */
  readonly recipient: string | null
  readonly channel: MailboxMessage['channel'] | null
  readonly limit: number
}

export interface Mailbox {
  /** Keeps a message. False where one with this id is there already; then nothing changes. */
  keep(message: MailboxMessage): boolean
  /** The newest first. */
  list(filter: MessageFilter): readonly MailboxMessage[]
  find(id: string): MailboxMessage | null
  size(): number
  clear(): void
}

const CAPACITY = 500

/** An empty mailbox. The oldest messages make room for new ones. */
export function createMailbox(capacity = CAPACITY): Mailbox {
  const kept = new Map<string, MailboxMessage>()
  return {
    keep(message) {
      if (kept.has(message.id)) return false
      kept.set(message.id, message)
      for (const oldest of kept.keys()) {
        if (kept.size <= capacity) break
        kept.delete(oldest)
      }
      return true
    },
    list({ recipient, channel, limit }) {
      const wanted = recipient?.toLowerCase() ?? null
      const matches = [...kept.values()].filter(
        (message) =>
          (wanted === null || message.recipient.toLowerCase() === wanted) &&
          (channel === null || message.channel === channel),
      )
      return matches.slice(-limit).toReversed()
    },
    find: (id) => kept.get(id) ?? null,
    size: () => kept.size,
    clear: () => kept.clear(),
  }
}
