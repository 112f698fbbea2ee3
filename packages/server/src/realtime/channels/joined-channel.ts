// A channel as its features see it. It can speak to its client and end; what follows from the end is the conversation's.

import type { Identity } from '../../identity/identity.ts'
import type { ChannelAccess } from '../access/channel-access.ts'
import type { Connection } from '../sockets/connection.ts'
import type { Ref } from '../wire/message.ts'
import { printMessage } from '../wire/print-message.ts'
import type { Channel, Feature } from './channel.ts'
import type { JoinConfig } from './join-config.ts'

/** Every topic begins so; what follows is the user's. */
export const TOPIC_PREFIX = 'realtime:'

/** Whoever keeps the channel, and must know when it is over. */
export interface Keeper {
  readonly connection: Connection
  /** Takes the channel out and tells its features. */
  release(channel: JoinedChannel): void
}

interface Joining {
  readonly topic: string
  readonly joinRef: Ref
  readonly config: JoinConfig
  readonly identity: Identity
  readonly access: ChannelAccess
}

export class JoinedChannel implements Channel {
  readonly #keeper: Keeper
  readonly topic: string
  readonly subtopic: string
  readonly joinRef: Ref
  readonly config: JoinConfig
  identity: Identity
  access: ChannelAccess
  isOver = false
  /** The features that have joined, in their order: those that must be told of the end. */
  features: readonly Feature[] = []

  constructor(keeper: Keeper, { topic, joinRef, config, identity, access }: Joining) {
    this.#keeper = keeper
    this.topic = topic
    this.subtopic = topic.slice(TOPIC_PREFIX.length)
    this.joinRef = joinRef
    this.config = config
    this.identity = identity
    this.access = access
  }

  get connection(): Connection {
    return this.#keeper.connection
  }

  push(event: string, payload: unknown): void {
    this.#say(null, event, payload)
  }

  notice(
    extension: 'system' | 'postgres_changes',
    status: 'ok' | 'error',
    message: string,
    hint: string | null = null,
  ): void {
    this.push('system', { extension, status, message, channel: this.subtopic, ...(hint !== null && { hint }) })
  }

  end(message: string): void {
    if (this.isOver) return
    this.notice('system', 'error', message)
    this.close()
  }

  /** `phx_close`: it is over and the client does not come back by itself. */
  close(): void {
    if (this.isOver) return
    this.#say(this.joinRef, 'phx_close', {})
    this.#keeper.release(this)
  }

  /** `phx_error`: something broke here, which the log has under the trace id; the client joins again. */
  fail(traceId: string): void {
    if (this.isOver) return
    this.#say(this.joinRef, 'phx_error', { trace_id: traceId })
    this.#keeper.release(this)
  }

  #say(ref: Ref, event: string, payload: unknown): void {
    const { joinRef, topic, connection } = this
    connection.send(printMessage(connection.vsn, { joinRef, ref, topic, event, payload }))
  }
}
