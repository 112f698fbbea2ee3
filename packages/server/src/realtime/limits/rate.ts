// How often something happens, as an average over the last minute.

/** Seconds over which a rate is averaged, as upstream. */
export const rateWindow = 60

/** Counts what happens in one process. Bounded: one number for each second of the window. */
export class Rate {
  readonly #limit: number
  readonly #now: () => number
  readonly #perSecond = new Float64Array(rateWindow)
  #second = 0
  #sum = 0

  /** `limit` a second; `now` in Unix milliseconds. */
  constructor(limit: number, now: () => number) {
    this.#limit = limit
    this.#now = now
  }

  get limit(): number {
    return this.#limit
  }

  /** Counts `times`. */
  add(times = 1): void {
    const second = this.#advance()
    const slot = second % rateWindow
    this.#perSecond[slot] = (this.#perSecond[slot] ?? 0) + times
    this.#sum += times
  }

  /** The average of the last minute is at or above the limit. */
  get isReached(): boolean {
    this.#advance()
    return this.#sum >= this.#limit * rateWindow
  }

  /** Per second, over the last minute. */
  get average(): number {
    this.#advance()
    return this.#sum / rateWindow
  }

  /** Forgets the seconds that have left the window. */
  #advance(): number {
    const second = Math.floor(this.#now() / 1000)
    const passed = Math.min(second - this.#second, rateWindow)
    for (let step = 1; step <= passed; step += 1) {
      const slot = (this.#second + step) % rateWindow
      this.#sum -= this.#perSecond[slot] ?? 0
      this.#perSecond[slot] = 0
    }
    // A clock that was set back counts into the second it knows.
    if (second > this.#second) this.#second = second
    return this.#second
  }
}
