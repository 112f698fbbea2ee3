// What one client and the server say to each other: Phoenix' channels over one connection. Messages of one topic are
// taken in their order, one after the other where that takes time; topics do not wait for each other.

import { Refusal } from '../../refusal/refusal.ts'
import type { Identity } from '../../identity/identity.ts'
import type { Connection } from '../sockets/connection.ts'
import type { Message } from '../wire/message.ts'
import { parseMessage } from '../wire/parse-message.ts'
import { printMessage } from '../wire/print-message.ts'
import type { Reply } from './channel.ts'
import type { ChannelDeps } from './talking/channel-deps.ts'
import { join } from './joining/join.ts'
import type { JoinedChannel } from './joined-channel.ts'
import { pushEvent, pushToken } from './talking/push-event.ts'
import { errorReply, reasonOf, type Refused, refusedBy } from './talking/refused.ts'
import { leaveFeatures } from './joining/run-features.ts'
import { done, type Talk } from './talking/talk.ts'

/** A connection that can be told to wait. */
export interface Pausable extends Connection {
  pause(): void
  resume(): void
}

/** Heartbeats have a topic of their own. */
const PHOENIX = 'phoenix'
/** Messages of one client that may wait for their answer, or their turn; beyond, nothing more is read from it. */
const MOST_UNANSWERED = 100
/** RFC 6455 §7.4: the server failed. */
const BROKEN = 1011

export class Conversation implements Talk {
  readonly connection: Pausable
  readonly identity: Identity
  readonly deps: ChannelDeps
  readonly channels = new Map<string, JoinedChannel>()
  isClosed = false
  /** By topic, where something takes time: the messages behind it. */
  #busy: Map<string, Message[]> | null = null
  #unanswered = 0

  constructor(connection: Pausable, identity: Identity, deps: ChannelDeps) {
    this.connection = connection
    this.identity = identity
    this.deps = deps
  }

  /** Takes one WebSocket message; what is no message is refused, and the connection lives on, as upstream. */
  hear(data: Buffer, isBinary: boolean): void {
    if (this.isClosed) return
    try {
      this.#take(parseMessage(this.connection.vsn, data, isBinary))
    } catch (thrown) {
      this.#refuse(thrown)
    }
  }

  /** Told on each channel, so that the user sees why; the client connects and joins again. */
  overwhelmed(): void {
    const limit = this.deps.config.limits.waitingBytes
    const message = reasonOf(this.#refusedBy(new Refusal('realtime.client-too-slow', { limit })))
    for (const channel of this.channels.values()) channel.notice('system', 'error', message)
  }

  /** The connection is gone, and every channel with it. */
  closed(): void {
    this.isClosed = true
    for (const channel of this.channels.values()) this.release(channel)
  }

  release(channel: JoinedChannel): void {
    if (channel.isOver) return
    channel.isOver = true
    if (this.channels.get(channel.topic) === channel) {
      this.channels.delete(channel.topic)
      this.deps.counts.channels -= 1
    }
    this.deps.deadlines.forget(channel)
    leaveFeatures(channel, this.deps)
  }

  reply({ joinRef, ref, topic }: Message, payload: Reply): void {
    const { connection } = this
    connection.send(printMessage(connection.vsn, { joinRef, ref, topic, event: 'phx_reply', payload }))
  }

  #take(message: Message): void {
    this.deps.counts.messages += 1
    const queue = this.#busy?.get(message.topic)
    if (queue === undefined) {
      const work = this.#answer(message)
      if (work === undefined) return
      this.#finish(message.topic, work).catch((thrown: unknown) => this.#refuse(thrown))
    } else queue.push(message)
    this.#unanswered += 1
    if (this.#unanswered === MOST_UNANSWERED) this.connection.pause()
  }

  #answered(): void {
    this.#unanswered -= 1
    if (this.#unanswered === MOST_UNANSWERED - 1) this.connection.resume()
  }

  /** Waits for what takes time, then takes what came behind it. */
  async #finish(topic: string, work: Promise<void>): Promise<void> {
    const queue: Message[] = []
    this.#busy ??= new Map()
    this.#busy.set(topic, queue)
    await work
    this.#answered()
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      if (!this.isClosed) await this.#answer(next)
      this.#answered()
    }
    this.#busy.delete(topic)
    if (this.#busy.size === 0) this.#busy = null
  }

  /** Only what takes time gives a promise, which never rejects. */
  #answer(message: Message): Promise<void> | undefined {
    const { topic, event } = message
    if (event === 'phx_join') return join(message, this)
    const channel = this.channels.get(topic)
    if (topic === PHOENIX && event === 'heartbeat') this.reply(message, done)
    else if (event === 'phx_leave') this.#leave(message, channel)
    else if (channel === undefined) this.#refuseUnjoined(message)
    else return event === 'access_token' ? pushToken(message, channel, this) : pushEvent(message, channel, this)
  }

  /** What is no message is of no topic: that is said on the heartbeats'. What broke outside a channel ends the connection. */
  #refuse(thrown: unknown): void {
    const refused = this.#refusedBy(thrown)
    const { connection } = this
    if (refused.kind === 'fault') return connection.close(BROKEN, reasonOf(refused))
    const payload = errorReply(refused, this.deps)
    const said = { joinRef: null, ref: null, topic: PHOENIX, event: 'phx_reply', payload }
    connection.send(printMessage(connection.vsn, said))
  }

  #refusedBy(thrown: unknown): Refused {
    return refusedBy(thrown, this.deps, {
      what: 'message refused',
      whose: this.connection.id,
      role: this.identity.role,
    })
  }

  #refuseUnjoined(message: Message): void {
    const refused = this.#refusedBy(new Refusal('realtime.topic-unjoined', { topic: message.topic }))
    this.reply(message, errorReply(refused, this.deps))
  }

  /** Whoever has left already is told that she has. A leave of an earlier join does not end a later one. */
  #leave(message: Message, channel: JoinedChannel | undefined): void {
    this.reply(message, done)
    if (message.joinRef === null || message.joinRef === channel?.joinRef) channel?.close()
  }
}
