// How often those who relay changes say how they fare, and for how long they bear silence.

export interface RelayTimes {
  /** Milliseconds between beats. */
  readonly beat: number
  /** Beats after which a silent reader is taken for dead. */
  readonly silence: number
  /** Beats for which a follower that is away, says nothing, or hears nothing new, holds back what it has not heard. */
  readonly patience: number
}

/** Runs it again and again, so many milliseconds apart. Returns how to stop. */
export type Every = (milliseconds: number, run: () => void) => () => void

export const relayTimes: RelayTimes = { beat: 500, silence: 4, patience: 20 }

/** Keeps no process alive. */
export const everyInterval: Every = (milliseconds, run) => {
  const timer = setInterval(run, milliseconds).unref()
  return () => clearInterval(timer)
}
