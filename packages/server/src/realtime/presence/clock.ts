// Time, as presence is handed it.

/** Runs it once after so many milliseconds. Returns how to prevent that. */
export type After = (milliseconds: number, run: () => void) => () => void

export interface Clock {
  /** Milliseconds. */
  readonly now: () => number
  readonly after: After
}
