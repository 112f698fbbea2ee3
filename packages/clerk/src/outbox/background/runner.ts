// Work that goes on behind the requests: it runs when it is woken and, for what nobody woke it for, now and then.

export interface Runner {
  /** Work has come. Safe to call at any time; a run under way is followed by another. */
  wake(): void
  /** Waits for the run under way; none follows. */
  stop(): Promise<void>
}

export interface RunnerOptions {
  /** Does what there is. Resolves to the milliseconds after which there will be more, or null. */
  readonly work: () => Promise<number | null>
  /** The longest pause between two runs. Milliseconds. */
  readonly every: number
  /** Hears of a run that failed; the next comes as usual. */
  readonly report: (error: unknown) => void
}

/** Starts running at once. */
export function startRunner({ work, every, report }: RunnerOptions): Runner {
  let stopped = false
  let woken = false
  let running: Promise<void> | null = null
  let timer: NodeJS.Timeout | undefined
  const runOnce = async (): Promise<number> => {
    woken = false
    try {
      return Math.min(every, Math.max((await work()) ?? every, 0))
    } catch (error) {
      report(error)
      return every
    }
  }
  const run = async (): Promise<void> => {
    const pause = await runOnce()
    running = null
    if (stopped) return
    if (woken) running = run()
    else timer = setTimeout(wake, pause)
  }
  const wake = (): void => {
    woken = true
    if (stopped || running !== null) return
    clearTimeout(timer)
    running = run()
  }
  wake()
  return {
    wake,
    async stop() {
      stopped = true
      clearTimeout(timer)
      await running
    },
  }
}
