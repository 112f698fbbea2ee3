// Which messages a channel has had already, so that one committed while it joined comes once: either replayed or live.

import type { Channel } from '../../channels/channel.ts'

interface Ids {
  /** Heard live while the earlier ones were read; null once they are. */
  heard: Set<string> | null
  readonly replayed: Set<string>
}

export class ReplayedIds {
  readonly #channels = new Map<Channel, Ids>()

  /** From now on the channel is in its room, and what it hears is noted until `read`. */
  begin(channel: Channel): void {
    this.#channels.set(channel, { heard: new Set(), replayed: new Set() })
  }

  /** Those of the messages that the channel has not heard meanwhile. */
  read<Message extends { readonly id: string }>(channel: Channel, messages: readonly Message[]): readonly Message[] {
    const ids = this.#channels.get(channel)
    if (ids === undefined) return messages
    const fresh = messages.filter(({ id }) => ids.heard?.has(id) !== true)
    ids.heard = null
    for (const { id } of fresh) ids.replayed.add(id)
    return fresh
  }

  /** Asked as a message is about to be told: whether the channel has had it. A message is told once, and then forgotten. */
  wasReplayed(channel: Channel, id: string): boolean {
    const ids = this.#channels.get(channel)
    if (ids === undefined) return false
    if (ids.heard === null) return ids.replayed.delete(id)
    ids.heard.add(id)
    return false
  }

  forget(channel: Channel): void {
    this.#channels.delete(channel)
  }
}
