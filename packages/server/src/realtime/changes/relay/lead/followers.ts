// Who follows the reader and how far each has heard. What the slow ones, and those who are away, have not heard yet must not
// be forgotten, for a while.

import type { Lsn } from '../../change.ts'
import type { RelayTimes } from '../relay-times.ts'

interface Follower {
  /** The last chunk it has heard. */
  number: number
  through: Lsn
  /** Beats since it said anything. */
  silent: number
  /** Beats since it heard something new, while there was something. */
  stuck: number
}

/** Processes that nobody here knows of. */
interface Strangers {
  /** They have heard everything before this. */
  readonly through: Lsn
  /** Beats since they were first expected. */
  awaited: number
}

export class Followers {
  readonly #times: RelayTimes
  readonly #followers = new Map<string, Follower>()
  #strangers: Strangers | null = null

  constructor(times: RelayTimes) {
    this.#times = times
  }

  get size(): number {
    return this.#followers.size
  }

  has(node: string): boolean {
    return this.#followers.has(node)
  }

  /** Somebody who is away and comes back may lack what comes from `through` on, and holds it back for as long as a silent one. */
  expectStrangers(through: Lsn): void {
    this.#strangers = { through, awaited: 0 }
  }

  /**
   * It goes on after chunk `number` and has heard everything before `through`; where it is here already, perhaps less: what
   * it was told first may be under way.
   */
  enter(node: string, number: number, through: Lsn): void {
    const before = this.#followers.get(node) ?? { number, through }
    const least = before.through < through ? before.through : through
    this.#followers.set(node, { number: Math.min(before.number, number), through: least, silent: 0, stuck: 0 })
  }

  leave(node: string): void {
    this.#followers.delete(node)
  }

  clear(): void {
    this.#followers.clear()
    this.#strangers = null
  }

  heard(node: string, number: number, through: Lsn): void {
    const follower = this.#followers.get(node)
    if (follower === undefined) return
    follower.silent = 0
    if (number > follower.number) follower.stuck = 0
    follower.number = Math.max(follower.number, number)
    if (through > follower.through) follower.through = through
  }

  /** A beat has passed and the last chunk was `last`: whoever was silent, or heard nothing new, for too long holds nothing any more. */
  beat(last: number): void {
    if (this.#strangers !== null) this.#strangers.awaited += 1
    if (this.#strangers !== null && this.#strangers.awaited > this.#times.patience) this.#strangers = null
    for (const [node, follower] of this.#followers) {
      follower.silent += 1
      follower.stuck = follower.number >= last ? 0 : follower.stuck + 1
      if (Math.max(follower.silent, follower.stuck) > this.#times.patience) this.#followers.delete(node)
    }
  }

  /** The last chunk that all have heard; infinite without followers. */
  slowest(): number {
    return Math.min(...[...this.#followers.values()].map(({ number }) => number))
  }

  /** All have heard everything before this, strangers as well; null where nobody is expected to lack anything. */
  through(): Lsn | null {
    let least = this.#strangers?.through ?? null
    for (const { through } of this.#followers.values()) if (least === null || through < least) least = through
    return least
  }
}
