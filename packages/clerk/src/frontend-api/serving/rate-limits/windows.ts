// Counting how often something happens within a span of time. In memory: what a restart forgets is soon forgotten anyway.

/** A count of one key since its window began, in Unix milliseconds. */
interface Window {
  readonly beganAt: number
  count: number
}

export interface Windows {
  /** Counts one more of a key; hands back the milliseconds until there may be another, or null where this one may be. */
  claim(key: string, most: number, now: number): number | null
}

/** Keys that are remembered at once; past it those that were seen first go, so that strangers cannot fill the memory. */
const mostKeys = 10_000

/** Windows of so many milliseconds. */
export function windowsOf(span: number): Windows {
  const windows = new Map<string, Window>()
  return {
    claim: (key, most, now) => {
      const known = windows.get(key)
      if (known === undefined || now >= known.beganAt + span) {
        windows.delete(key)
        windows.set(key, { beganAt: now, count: 1 })
        const [oldest] = windows.keys()
        if (windows.size > mostKeys && oldest !== undefined) windows.delete(oldest)
        return null
      }
      known.count += 1
      return known.count <= most ? null : known.beganAt + span - now
    },
  }
}
