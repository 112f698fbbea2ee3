// What one connection has prepared. Bounded: the longest unused shapes are closed to make room.

import type { Shape } from './shapes.ts'

/** A shape this connection can bind without parsing it again. */
export interface Prepared {
  readonly columns: readonly string[]
  usedAt: number
}

/** The prepared statements of one connection, and the names Postgres has yet to be told to close. */
export class PreparedStatements {
  readonly #limit: number
  readonly #prepared = new Map<Shape, Prepared>()
  #stale: string[] = []
  #clock = 0

  /** Keeps at most `limit` statements; with 0 none are kept and every statement is sent unnamed. */
  constructor(limit: number) {
    this.#limit = limit
  }

  get enabled(): boolean {
    return this.#limit > 0
  }

  /** What is known of `shape` here, marking it as used. */
  use(shape: Shape): Prepared | undefined {
    const prepared = this.#prepared.get(shape)
    if (prepared !== undefined) prepared.usedAt = ++this.#clock
    return prepared
  }

  /** Postgres has parsed and run `shape`. */
  confirm(shape: Shape, columns: readonly string[]): void {
    if (this.#prepared.size >= this.#limit) this.#evictOldest()
    this.#prepared.set(shape, { columns, usedAt: ++this.#clock })
  }

  /** Postgres may or may not know `shape`, or its plan no longer serves: it is closed before it is parsed again. */
  forget(shape: Shape): void {
    this.#prepared.delete(shape)
    this.#stale.push(shape.name)
  }

  forgetAll(): void {
    for (const shape of this.#prepared.keys()) this.#stale.push(shape.name)
    this.#prepared.clear()
  }

  /** The names to close with the next flush; the list is then empty. */
  takeStale(): readonly string[] {
    if (this.#stale.length === 0) return this.#stale
    const taken = this.#stale
    this.#stale = []
    return taken
  }

  #evictOldest(): void {
    let oldest: Shape | undefined
    let oldestUse = Number.POSITIVE_INFINITY
    for (const [shape, prepared] of this.#prepared) {
      if (prepared.usedAt >= oldestUse) continue
      oldest = shape
      oldestUse = prepared.usedAt
    }
    if (oldest !== undefined) this.forget(oldest)
  }
}
