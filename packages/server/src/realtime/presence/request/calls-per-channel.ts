// How often one channel may track and untrack, where that is limited: so many calls per window, as upstream's hosted
// service counts them.

import type { Channel } from '../../channels/channel.ts'

export interface CallsPerChannel {
  /** Counts a call. False for one too many. */
  admits(channel: Channel): boolean
}

interface Window {
  readonly ends: number
  calls: number
}

/** `calls` of 0 is no limit; `window` and `now` in milliseconds. */
export function createCallsPerChannel(calls: number, window: number, now: () => number): CallsPerChannel {
  if (calls === 0) return { admits: () => true }
  const windows = new WeakMap<Channel, Window>()
  return {
    admits(channel) {
      const known = windows.get(channel)
      const current = known !== undefined && now() <= known.ends ? known : { ends: now() + window, calls: 0 }
      windows.set(channel, current)
      current.calls += 1
      return current.calls <= calls
    },
  }
}
