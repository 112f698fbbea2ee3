// Waits for what ends a server: Ctrl+C, SIGTERM, a closed terminal, or the end of the npm that launched it.

export interface StopSignal {
  /** Resolves at the first signal. A second one ends the process at once. */
  readonly stop: Promise<void>
  isTold(): boolean
  /** Lets signals do again what they do without us. */
  forget(): void
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** How often to look whether the launcher is still there. Milliseconds. */
const LOOK_EVERY = 500

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
  const watch = watchLauncher(() => hear('SIGTERM'))
  return {
    stop: promise,
    isTold: () => told,
    forget: () => {
      for (const signal of SIGNALS) process.off(signal, hear)
      clearInterval(watch)
    },
  }
}

/**
 * npm and npx run a command through a shell, and a signal to npm ends that shell without reaching us: then we
 * have another parent. A server that was not launched by npm may outlive its parent.
 */
function watchLauncher(onGone: () => void): NodeJS.Timeout | undefined {
  if (process.env['npm_command'] === undefined) return undefined
  const launcher = process.ppid
  const watch = setInterval(() => {
    if (process.ppid === launcher) return
    clearInterval(watch)
    onGone()
  }, LOOK_EVERY)
  return watch.unref()
}
