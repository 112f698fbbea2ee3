// How many messages the process handles, as an average over the last minute: bursts pass, a flood does not.

/** Counts each message sent and each one delivered against `limits.messagesPerSecond`. */
export interface MessageRate {
  count(messages: number): void
  /** The average is beyond the limit. */
  exceeded(): boolean
}

const SECONDS = 60

/** `now` in milliseconds, never going back. */
export function createMessageRate(perSecond: number, now: () => number): MessageRate {
  const counts = new Float64Array(SECONDS)
  let second = Math.floor(now() / 1000)
  let total = 0
  const advance = (): void => {
    const current = Math.floor(now() / 1000)
    for (let passed = Math.min(current - second, SECONDS); passed > 0; passed--) {
      const slot = (current - passed + 1) % SECONDS
      total -= counts[slot] ?? 0
      counts[slot] = 0
    }
    second = Math.max(second, current)
  }
  return {
    count(messages) {
      advance()
      counts[second % SECONDS] = (counts[second % SECONDS] ?? 0) + messages
      total += messages
    },
    exceeded() {
      advance()
      return total > perSecond * SECONDS
    },
  }
}
