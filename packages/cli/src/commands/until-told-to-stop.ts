// Waits for the signals that end a server: Ctrl+C, SIGTERM, a closed terminal.

export interface StopSignal {
  /** Resolves at the first signal. A second one ends the process at once. */
  readonly stop: Promise<void>
  isTold(): boolean
  /** Lets signals do again what they do without us. */
  forget(): void
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Listens from now on. */
export function untilToldToStop(): StopSignal {
  const { promise, resolve } = Promise.withResolvers<void>()
  let told = false
  const hear = (signal: NodeJS.Signals): void => {
    // npm passes the terminal's own SIGINT on, so that one Ctrl+C can arrive twice.
    if (told && signal !== 'SIGINT') process.exit(1)
    told = true
    resolve()
  }
  for (const signal of SIGNALS) process.on(signal, hear)
  return {
    stop: promise,
    isTold: () => told,
    forget: () => {
      for (const signal of SIGNALS) process.off(signal, hear)
    },
  }
}
