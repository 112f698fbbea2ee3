// Who follows the reader and how far each has heard. What the slow ones have not heard yet must not be forgotten, for a while.

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

export class Followers {
  readonly #times: RelayTimes
  readonly #followers = new Map<string, Follower>()

  constructor(times: RelayTimes) {
    this.#times = times
  }

  get size(): number {
    return this.#followers.size
  }

  has(node: string): boolean {
    return this.#followers.has(node)
  }

  /** It goes on after chunk `number` and has heard everything before `through`. */
  enter(node: string, number: number, through: Lsn): void {
    this.#followers.set(node, { number, through, silent: 0, stuck: 0 })
  }

  leave(node: string): void {
    this.#followers.delete(node)
  }

  clear(): void {
    this.#followers.clear()
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

  /** All have heard everything before this; null without followers. */
  through(): Lsn | null {
    let least: Lsn | null = null
    for (const { through } of this.#followers.values()) if (least === null || through < least) least = through
    return least
  }
}
