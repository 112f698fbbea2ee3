// How the feed fares, and who is told.

import type { FeedState } from '../../change.ts'
import type { FeedEvent } from '../feed-event.ts'

export class Standing {
  readonly #report: (event: FeedEvent) => void
  readonly #watchers = new Set<(state: FeedState) => void>()
  readonly #lossListeners = new Set<(reason: string) => void>()
  #state: FeedState = { kind: 'starting' }
  #saidAt = 0
  #losses = 0

  constructor(report: (event: FeedEvent) => void) {
    this.#report = report
  }

  get state(): FeedState {
    return this.#state
  }

  /** Milliseconds since the state was found to be so. */
  get age(): number {
    return performance.now() - this.#saidAt
  }

  /** Times that changes may have been lost. */
  get losses(): number {
    return this.#losses
  }

  watch(hear: (state: FeedState) => void): () => void {
    this.#watchers.add(hear)
    return () => void this.#watchers.delete(hear)
  }

  onLoss(hear: (reason: string) => void): () => void {
    this.#lossListeners.add(hear)
    return () => void this.#lossListeners.delete(hear)
  }

  /** Tells nobody what they know already. */
  change(state: FeedState): void {
    this.#saidAt = performance.now()
    if (JSON.stringify(state) === JSON.stringify(this.#state)) return
    this.#state = state
    this.#report({ kind: 'feed-state-changed', state })
    for (const hear of this.#watchers) hear(state)
  }

  lose(slot: string, reason: string): void {
    this.#losses += 1
    this.#report({ kind: 'slot-lost', slot, reason })
    for (const hear of this.#lossListeners) hear(reason)
  }
}
