// A joined topic of one connection, and what makes it more than that: its features.

import type { Identity } from '../../identity/identity.ts'
import type { ChannelAccess } from '../access/channel-access.ts'
import type { Connection } from '../sockets/connection.ts'
import type { Message, Ref } from '../wire/message.ts'
import type { JoinConfig } from './join-config.ts'

export interface Channel {
  /** As the client names it: `realtime:` and the subtopic. */
  readonly topic: string
  /** What policies see as `realtime.topic()`. */
  readonly subtopic: string
  readonly joinRef: Ref
  readonly connection: Connection
  readonly config: JoinConfig
  /** Who asks, as of the token shown last. */
  readonly identity: Identity
  /** What the policies on `realtime.messages` allow; everything on a public channel. */
  readonly access: ChannelAccess
  /** Sends an event to this channel alone. */
  push(event: string, payload: unknown): void
  /** Sends a `system` event; `hint` is what `message`, which is upstream's, leaves open. */
  notice(extension: 'system' | 'postgres_changes', status: 'ok' | 'error', message: string, hint?: string | null): void
  /** A `system` error, then `phx_close`: the client knows why, and joins again where it can. */
  end(message: string): void
}

/** What a pushed event is answered with; null for no answer. */
export type Reply =
  | { readonly status: 'ok'; readonly response: Readonly<Record<string, unknown>> }
  | { readonly status: 'error'; readonly response: { readonly reason: string; readonly hint?: string } }

/** An event as a client pushes it: JSON, or the bytes of a binary frame. */
export type Push = Pick<Message, 'event' | 'ref' | 'payload' | 'binary'>

/** One of the things a channel does: broadcast, presence, changes. One object per process, called for each channel. */
export interface Feature {
  /** The events it answers. */
  readonly events: readonly string[]
  /**
   * Before the join is answered. What it returns is merged into the reply's `response`. Refuses with `realtime.*`,
   * `postgres.*`; then the join is refused and `left` is called for the features that had joined.
   */
  join(channel: Channel): Promise<Readonly<Record<string, unknown>>> | Readonly<Record<string, unknown>>
  /** Right after the reply was written: what must follow it. */
  joined?(channel: Channel): void
  receive?(channel: Channel, push: Push): Reply | null | Promise<Reply | null>
  /** Another token was accepted: `channel.identity` and `channel.access` are new. */
  renewed?(channel: Channel): Promise<void> | void
  /** The channel is over, however it ended; called once. */
  left(channel: Channel): void
}
