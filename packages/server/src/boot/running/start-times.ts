// How long starting took, first on an empty folder and most lately: from the process' own beginning to the
// first answered request. Milliseconds.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export interface StartTimes {
  /** The start that made the state folder. */
  readonly first: number
  /** Null where this was the first. */
  readonly later: number | null
}

const FILE = 'start-times.json'

/** Notes this start and returns it beside the first one. */
export function recordStart(stateDir: string, took: number): StartTimes {
  const before = readTimes(join(stateDir, FILE))
  const times: StartTimes = before === null ? { first: took, later: null } : { first: before.first, later: took }
  mkdirSync(stateDir, { recursive: true })
  writeFileSync(join(stateDir, FILE), `${JSON.stringify(times)}\n`)
  return times
}

function readTimes(file: string): StartTimes | null {
  try {
    const times = JSON.parse(readFileSync(file, 'utf8')) as StartTimes
    return Number.isFinite(times.first) ? times : null
  } catch {
    return null
  }
}
