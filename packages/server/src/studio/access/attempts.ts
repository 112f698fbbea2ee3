// How often somebody may be wrong: five times a minute from one address.

export interface Attempts {
  /** Milliseconds to wait before the next attempt is heard; 0 for none. */
  wait(address: string, now: number): number
  /** Notes that an attempt was wrong. */
  fail(address: string, now: number): void
}

const MOST = 5
/** Milliseconds. */
const WINDOW = 60_000
/** Addresses remembered; the oldest make room. */
const ADDRESSES = 1000

/** Nobody was wrong yet. */
export function createAttempts(): Attempts {
  const failures = new Map<string, readonly number[]>()
  const recent = (address: string, now: number): readonly number[] =>
    (failures.get(address) ?? []).filter((at) => now - at < WINDOW)
  return {
    wait(address, now) {
      const [first = now, ...later] = recent(address, now)
      return later.length + 1 < MOST ? 0 : first + WINDOW - now
    },
    fail(address, now) {
      const times = [...recent(address, now), now].slice(-MOST)
      failures.delete(address)
      failures.set(address, times)
      for (const oldest of failures.keys()) {
        if (failures.size <= ADDRESSES) break
        failures.delete(oldest)
      }
    },
  }
}
