// Server-Timing: how long each stage took. https://www.w3.org/TR/server-timing/

export interface Lap {
  readonly stage: string
  /** Milliseconds. */
  readonly took: number
}

export interface Stopwatch {
  /** Ends a stage; the next one begins. */
  lap(stage: string): void
  laps(): readonly Lap[]
}

const stopped: Stopwatch = { lap: () => {}, laps: () => [] }

/** Starts with the first stage; without a clock it measures nothing and costs nothing. */
export function startStopwatch(now: (() => number) | null): Stopwatch {
  if (now === null) return stopped
  const laps: Lap[] = []
  let begun = now()
  return {
    lap(stage) {
      const ended = now()
      laps.push({ stage, took: ended - begun })
      begun = ended
    },
    laps: () => laps,
  }
}

/** The header's value: `jwt;dur=0.1, parse;dur=0.2`. */
export function serverTiming(laps: readonly Lap[]): string {
  return laps.map(({ stage, took }) => `${stage};dur=${took.toFixed(1)}`).join(', ')
}
