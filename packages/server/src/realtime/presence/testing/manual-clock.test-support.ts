// Time that passes when a test says so.

import type { Clock } from '../clock.ts'

export interface ManualClock extends Clock {
  /** Lets milliseconds pass, and runs what was due in them, in order. */
  pass(milliseconds: number): void
}

export function createManualClock(): ManualClock {
  let time = 1_000_000
  const timers = new Set<{ readonly due: number; readonly run: () => void }>()
  return {
    now: () => time,
    after(milliseconds, run) {
      const timer = { due: time + milliseconds, run }
      timers.add(timer)
      return () => void timers.delete(timer)
    },
    pass(milliseconds) {
      const end = time + milliseconds
      for (;;) {
        const due = [...timers].filter((timer) => timer.due <= end).sort((one, other) => one.due - other.due)[0]
        if (due === undefined) break
        timers.delete(due)
        time = due.due
        due.run()
      }
      time = end
    },
  }
}
