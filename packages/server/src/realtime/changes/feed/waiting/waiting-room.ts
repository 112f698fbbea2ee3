// Those who wait for the feed to be live.

import { Refusal } from '../../../../refusal/refusal.ts'

interface Waiter {
  readonly resolve: () => void
  readonly reject: (refusal: Refusal) => void
}

export class WaitingRoom {
  #waiters: Waiter[] = []

  get isEmpty(): boolean {
    return this.#waiters.length === 0
  }

  async enter(): Promise<void> {
    await new Promise<void>((resolve, reject) => this.#waiters.push({ resolve, reject }))
  }

  letIn(): void {
    for (const { resolve } of this.#leave()) resolve()
  }

  sendAway(reason: string, grant: string | null): void {
    for (const { reject } of this.#leave()) reject(feedUnavailable(reason, grant))
  }

  #leave(): readonly Waiter[] {
    const waiters = this.#waiters
    this.#waiters = []
    return waiters
  }
}

export function feedUnavailable(reason: string, grant: string | null): Refusal {
  const fix = grant === null ? {} : { fix: grant }
  return new Refusal('realtime.feed-unavailable', { reason, grant }, fix)
}
