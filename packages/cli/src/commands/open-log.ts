// Where a serving stack writes its facts: a private file of the state folder, or standard output in production.

import { existsSync, mkdirSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'

import { destination, type Logger, pino } from 'pino'
import type { ProjectConfig } from 'tenon'

/** Lines are written together, because a write for each request costs as much as routing it. Bytes, milliseconds. */
const LOG_BATCH = 8192
const LOG_DELAY = 500

/** A file that has grown past this is put aside at the next start, over the one put aside before. Bytes. */
const LOG_KEPT = 16 * 1024 * 1024

/** Opens the log; in production standard output is for a collector. */
export function openLog(config: ProjectConfig): Logger {
  if (config.production) return pino({ level: 'info' })
  mkdirSync(config.stateDir, { recursive: true })
  const dest = join(config.stateDir, 'server.log')
  if (existsSync(dest) && statSync(dest).size > LOG_KEPT) renameSync(dest, `${dest}.1`)
  const file = destination({ dest, sync: false, minLength: LOG_BATCH, periodicFlush: LOG_DELAY, mode: 0o600 })
  return pino({ level: 'info' }, file)
}
