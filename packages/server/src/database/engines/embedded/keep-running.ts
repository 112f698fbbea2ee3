// Keeps Postgres running: notices when it ends by itself, reports that, and starts it again, at once at first and
// ever more slowly while it does not stay up.

import type { EngineEvent } from '../engine.ts'
import type { Postmaster } from './postmaster.ts'

/** Milliseconds before the restart that follows `failures` failures in a row (0 for the first). */
export function restartDelay(failures: number): number {
  return Math.min(100 * 2 ** failures, 10_000)
}

/** A run of this many milliseconds makes earlier failures forgotten. */
const stableRun = 60_000

export interface KeptPostmaster {
  /** Null while Postgres is down. */
  pid(): number | null
  stop(): Promise<void>
}

interface KeepOptions {
  readonly start: () => Promise<Postmaster>
  /** The end of Postgres' log. */
  readonly readLog: () => Promise<string>
  readonly onEvent: (event: EngineEvent) => void
  readonly now: () => number
}

/** Starts Postgres, refusing what its first start refuses, and watches it until `stop`. */
export async function keepRunning(options: KeepOptions): Promise<KeptPostmaster> {
  const keeper = new Keeper(options, await options.start())
  return { pid: () => keeper.current?.pid ?? null, stop: async () => await keeper.stop() }
}

class Keeper {
  current: Postmaster | null
  private readonly options: KeepOptions
  private readonly stopping = new AbortController()
  private readonly loop: Promise<void>
  private failures = 0

  constructor(options: KeepOptions, first: Postmaster) {
    this.options = options
    this.current = first
    this.loop = this.watch(first)
  }

  async stop(): Promise<void> {
    this.stopping.abort()
    await this.current?.stop()
    await this.loop
  }

  private async watch(first: Postmaster): Promise<void> {
    let running: Postmaster | null = first
    while (running !== null) {
      const startedAt = this.options.now()
      const reason = await running.ended
      this.current = null
      if (this.stopping.signal.aborted) return
      if (this.options.now() - startedAt > stableRun) this.failures = 0
      await running.stop()
      const restartIn = restartDelay(this.failures)
      this.options.onEvent({ kind: 'crashed', reason, log: await this.options.readLog(), restartIn })
      running = await this.restart(restartIn)
    }
  }

  private async restart(firstDelay: number): Promise<Postmaster | null> {
    const downSince = this.options.now()
    let delay = firstDelay
    for (let attempt = 1; !this.stopping.signal.aborted; attempt++) {
      await elapsed(delay, this.stopping.signal)
      if (this.stopping.signal.aborted) return null
      this.failures++
      try {
        const postmaster = await this.options.start()
        return await this.accept(postmaster, attempt, this.options.now() - downSince)
      } catch (error) {
        delay = restartDelay(this.failures)
        const reason = error instanceof Error ? error.message : String(error)
        this.options.onEvent({ kind: 'restart-failed', reason, attempt, restartIn: delay })
      }
    }
    return null
  }

  /** A stop that was asked for while Postgres was starting is done now. */
  private async accept(postmaster: Postmaster, attempts: number, downFor: number): Promise<Postmaster | null> {
    if (this.stopping.signal.aborted) {
      await postmaster.stop()
      return null
    }
    this.current = postmaster
    this.options.onEvent({ kind: 'restarted', attempts, downFor })
    return postmaster
  }
}

async function elapsed(milliseconds: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return
  const { promise, resolve } = Promise.withResolvers<void>()
  const timer = setTimeout(resolve, milliseconds)
  signal.addEventListener('abort', () => resolve(), { once: true })
  await promise.finally(() => clearTimeout(timer))
}
