// A channel that listens to changes, and the place of each of its subscriptions.

import type { Channel } from '../../../channels/channel.ts'
import type { Frame, Outgoing } from '../../../sockets/connection.ts'
import type { ClaimsClass } from '../../judge/judge.ts'
import type { RoleFacts, TableFacts } from '../../tables/table-facts.ts'
import type { Filter } from '../filter/compile/compile-filter.ts'
import type { View } from '../payload/view.ts'
import type { ChangeRequest } from '../subscribing/change-request.ts'

/** A channel from its join to its end. Until the join is answered what it hears is held: a client knows no ids before. */
export class Listener {
  readonly channel: Channel
  readonly subscriptions: Subscription[] = []
  /** In the order they are to be sent; null once the join was answered. */
  held: Frame[] | null = []
  isOver = false
  #heldBytes = 0
  readonly #limit: number

  constructor(channel: Channel, limit: number) {
    this.channel = channel
    this.#limit = limit
  }

  /** Keeps a message for after the answer; a join that takes too long for what happens meanwhile is ended. */
  hold(message: Outgoing): void {
    const frame = message.frameFor(this.channel.connection.vsn)
    if (frame === null || this.held === null || this.isOver) return
    this.held.push(frame)
    this.#heldBytes += frame.length
    if (this.#heldBytes > this.#limit) this.channel.end('Too many changes while joining')
  }
}

/** One item of a join that could be subscribed. */
export interface Subscription {
  readonly request: ChangeRequest
  /** As the client wrote it. */
  readonly item: Readonly<Record<string, unknown>>
  readonly id: number
  /** One for each table that it hears of. */
  seats: Seat[]
}

/** A subscription at one table: everything that decides what it is sent. */
export interface Seat {
  readonly kind: 'seat'
  readonly listener: Listener
  readonly request: ChangeRequest
  readonly id: number
  readonly table: TableFacts
  readonly role: RoleFacts
  readonly claimsClass: ClaimsClass
  readonly filter: Filter | null
  readonly view: View
}
