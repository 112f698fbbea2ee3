// Those who are sent the very same frame: equal subscriptions on one topic.

import type { Deliver } from '../../../broadcast/rooms.ts'
import type { Channel } from '../../../channels/channel.ts'
import type { Outgoing } from '../../../sockets/connection.ts'
import type { Change } from '../../change.ts'
import type { View } from '../payload/view.ts'
import type { ChangeRequest } from '../subscribing/change-request.ts'
import { Listener, type Seat } from './listener.ts'

/** Who hears: a channel, or while its join is being answered the listener that holds what it hears. */
export type Ear = Channel | Listener

export class Audience {
  readonly topic: string
  readonly id: number
  readonly view: View
  readonly #event: ChangeRequest['event']
  readonly #channels = new Set<Channel>()
  readonly #joining = new Set<Listener>()

  constructor({ listener, id, view, request }: Seat) {
    this.topic = listener.channel.topic
    this.id = id
    this.view = view
    this.#event = request.event
  }

  get size(): number {
    return this.#channels.size + this.#joining.size
  }

  add(listener: Listener): void {
    if (listener.isHolding) this.#joining.add(listener)
    else this.#channels.add(listener.channel)
  }

  remove(listener: Listener): void {
    this.#channels.delete(listener.channel)
    this.#joining.delete(listener)
  }

  /** The join was answered: from now on it is sent what it hears. */
  admit(listener: Listener): void {
    if (this.#joining.delete(listener)) this.#channels.add(listener.channel)
  }

  wants({ kind }: Change): boolean {
    return this.#event === '*' || this.#event === kind
  }

  /** Ends every channel, which tells its client why. */
  end(message: string): void {
    const joining = [...this.#joining].map(({ channel }) => channel)
    for (const channel of [...this.#channels, ...joining]) channel.end(message)
  }

  /** In the order in which they came. */
  *ears(): Iterable<Ear> {
    yield* this.#channels
    yield* this.#joining
  }

  send(message: Outgoing, deliver: Deliver): void {
    if (this.#channels.size > 0) deliver(this.#channels, message)
    for (const listener of this.#joining) listener.hold(message)
  }
}

/** Sends a message to some of them. */
export function tell(ears: readonly Ear[], message: Outgoing, deliver: Deliver): void {
  deliver(
    ears.filter((ear): ear is Channel => !(ear instanceof Listener)),
    message,
  )
  for (const ear of ears) if (ear instanceof Listener) ear.hold(message)
}
