// Hands every observation to the log and to the metrics.

import type { LogLevel } from '../config/alone-config.ts'
import { type Access, accessLine, logTime } from './access-line.ts'
import { diagnosticLines, levelOfStatus } from './diagnostic-lines.ts'
import type { AloneMetrics } from './metrics.ts'
import type { Observation, Observe } from './observation.ts'
import { logLevels } from '../config/parameters.ts'

/** Where lines go; each is written with its line end. */
export interface Output {
  /** Access lines. */
  readonly out: (text: string) => void
  /** Diagnostics. */
  readonly err: (text: string) => void
}

export interface Observer {
  readonly observe: Observe
  /** Writes the line of a finished request where the level wants it. */
  access(access: Access): void
  logs(status: number): boolean
}

/** Milliseconds in which one burst of pool timeouts is told of once at its beginning and once at its end. */
const quietAfterTimeout = 5_000

/** `level` is asked each time, because a reload may change it. */
export function createObserver({ out, err }: Output, level: () => LogLevel, metrics: AloneMetrics | null): Observer {
  const write = (seen: Observation): void => {
    for (const line of diagnosticLines(seen, level())) err(`${logTime(new Date())}: ${line}\n`)
  }
  const writeOfBurst = onceABurst(write, quietAfterTimeout)
  const logs = (status: number): boolean => logLevels.indexOf(level()) >= logLevels.indexOf(levelOfStatus(status))
  return {
    observe(seen) {
      metrics?.count(seen)
      if (seen.kind === 'connection-timed-out') writeOfBurst(seen)
      else write(seen)
    },
    access: (access) => {
      if (logs(access.status)) out(`${accessLine(access, new Date())}\n`)
    },
    logs,
  }
}

/** The first of a burst at once; of all that follow within the pause, the last one when it is over. */
function onceABurst<Item>(act: (item: Item) => void, pause: number): (item: Item) => void {
  let quiet = false
  let latest: Item | undefined
  const begin = (item: Item): void => {
    quiet = true
    latest = undefined
    act(item)
    setTimeout(() => {
      quiet = false
      if (latest !== undefined) begin(latest)
    }, pause).unref()
  }
  return (item) => {
    if (quiet) latest = item
    else begin(item)
  }
}
