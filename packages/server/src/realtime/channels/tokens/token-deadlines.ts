// When channels end because their token did. One clock for all of them, and nothing for those that never expire.

import type { Identity } from '../../../identity/identity.ts'
import type { NoteRefusal } from '../../limits/refusal-log.ts'
import type { JoinedChannel } from '../joined-channel.ts'
import { occasionOf } from '../talking/refused.ts'

export class TokenDeadlines {
  readonly #grace: number
  readonly #now: () => number
  readonly #note: NoteRefusal
  /** By the second at which they end. */
  readonly #due = new Map<number, Set<JoinedChannel>>()
  #looked: number

  /** `grace` in seconds, `now` in Unix milliseconds. */
  constructor(grace: number, now: () => number, note: NoteRefusal) {
    this.#grace = grace
    this.#now = now
    this.#note = note
    this.#looked = Math.floor(now() / 1000)
  }

  /** Unix seconds. */
  now(): number {
    return Math.floor(this.#now() / 1000)
  }

  /** No channel of this token is to live any more. */
  isPast(identity: Identity): boolean {
    const end = this.#endOf(identity)
    return end !== null && end * 1000 <= this.#now()
  }

  watch(channel: JoinedChannel): void {
    const end = this.#endOf(channel.identity)
    if (end === null) return
    const second = Math.max(end, this.#looked + 1)
    const channels = this.#due.get(second)
    if (channels === undefined) this.#due.set(second, new Set([channel]))
    else channels.add(channel)
  }

  forget(channel: JoinedChannel): void {
    const end = this.#endOf(channel.identity)
    if (end === null) return
    const channels = this.#due.get(end)
    channels?.delete(channel)
    if (channels?.size === 0) this.#due.delete(end)
  }

  /** Ends whatever is due; called every second. */
  sweep(): void {
    const now = this.now()
    for (; this.#looked < now; this.#looked += 1) {
      const channels = this.#due.get(this.#looked + 1)
      this.#due.delete(this.#looked + 1)
      for (const channel of channels ?? []) {
        if (this.isPast(channel.identity)) this.#end(channel, expiryMessage(channel.identity, now))
      }
    }
  }

  #end(channel: JoinedChannel, reason: string): void {
    this.#note({ ...occasionOf(channel, 'channel ended'), code: 'token.expired', reason })
    channel.end(reason)
  }

  #endOf({ expiresAt }: Identity): number | null {
    return expiresAt === null ? null : Math.ceil(expiresAt + this.#grace)
  }
}

/** As upstream words it; `now` in Unix seconds. */
function expiryMessage({ expiresAt }: Identity, now: number): string {
  return `Token has expired ${Math.max(0, Math.floor(now - (expiresAt ?? now)))} seconds ago`
}
