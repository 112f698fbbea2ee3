// A channel that listens to changes, and the place of each of its subscriptions.

import type { Channel } from '../../../channels/channel.ts'
import type { Frame, Outgoing } from '../../../sockets/connection.ts'
import type { ClaimsClass } from '../../judge/judge.ts'
import type { RoleFacts, TableFacts } from '../../tables/table-facts.ts'
import type { Filter } from '../filter/compile/compile-filter.ts'
import type { View } from '../payload/view.ts'
import type { Said } from '../joining/say-subscribed.ts'
import type { ChangeRequest } from '../subscribing/change-request.ts'

/** A channel from its join to its end. Until the join is answered what it hears is held: a client knows no ids before. */
export class Listener {
  readonly channel: Channel
  readonly subscriptions: Subscription[] = []
  isOver = false
  /** The join was answered: the channel may be told things. */
  isAnswered = false
  /** In the order they are to be sent; null once there is no need to hold any. */
  #held: Frame[] | null = []
  #heldBytes = 0
  #firstBytes = 0
  readonly #limit: number

  /** `limit` in bytes, of what may be held. */
  constructor(channel: Channel, limit: number) {
    this.channel = channel
    this.#limit = limit
  }

  /** There is something that it hears of, as far as policies and grants let it. */
  get isInOrder(): boolean {
    return this.subscriptions.some(hasItsPlace)
  }

  /** What it hears is held. */
  get isHolding(): boolean {
    return this.#held !== null
  }

  /** Keeps a message for after the answer; a join that takes too long for what happens meanwhile is ended. */
  hold(message: Outgoing): void {
    const frame = message.frameFor(this.channel.connection.vsn)
    if (frame === null || this.#held === null || this.isOver) return
    this.#held.push(frame)
    this.#heldBytes += frame.length
    if (this.#heldBytes > this.#limit) this.channel.end('Too many changes while joining')
  }

  /** What comes before everything that is held. False where all of it is more than may be held: then none of these is. */
  holdFirst(frames: readonly Frame[]): boolean {
    const bytes = frames.reduce((sum, frame) => sum + frame.length, this.#firstBytes)
    if (bytes > this.#limit * FIRST) return false
    this.#firstBytes = bytes
    if (this.#held !== null) this.#held = [...frames, ...this.#held]
    return true
  }

  /** Everything held so far; nothing is held of it from then on. */
  take(): readonly Frame[] {
    const held = this.#held ?? []
    if (held.length > 0) this.#held = []
    this.#heldBytes = 0
    return held
  }

  /**
   * The join was answered: sends what was held, no faster than the socket takes it, and calls back in the same turn in
   * which nothing is held any more.
   */
  async release(whenReleased: () => void): Promise<void> {
    const { connection } = this.channel
    for (let held = this.take(); held.length > 0; held = this.take()) {
      for (const frame of held) {
        while (connection.waiting > MOST_WAITING && !this.isOver) await rest()
        if (this.isOver) return
        connection.send(frame)
      }
    }
    this.#held = null
    whenReleased()
  }
}

/** What was there before the join may be so many times as much as what comes during it. */
const FIRST = 2

/** Bytes that may wait for the socket before the next of what was held is sent. */
const MOST_WAITING = 1024 * 1024

async function rest(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 5))
}

/** Of a whole schema, what is published is heard, whatever else stands in it. */
function hasItsPlace({ request, seats, refusedFor }: Subscription): boolean {
  if (refusedFor !== null) return false
  return request.table === null || seats.every(({ table }) => table.isPublished)
}

/** One item of a join that makes sense. */
export interface Subscription {
  readonly request: ChangeRequest
  readonly id: number
  /** One for each table that it hears of. */
  seats: Seat[]
  /** Why it has no place; null while it has one, or none was looked for. */
  refusedFor: Said | null
  /** Why nothing comes of it, as the channel was last told; null where it was told of nothing, or that this is over. */
  toldOf: string | null
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
