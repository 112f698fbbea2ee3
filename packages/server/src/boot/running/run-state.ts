// What a running server leaves in the state folder for the commands that come later (`status`, `stop`):
// its process, its addresses and its keys. The file is readable by its owner only and goes when the server stops.

import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import type { ConnectionSettings, Engine, Passwords } from '../../database/engines/engine.ts'

/** One line of `tenon status`: a variable of the environment and its value. */
export type StatusLines = Readonly<Record<string, string>>

export interface RunState {
  readonly kind: 'run-state'
  /** Random; the server's `/health` answers with it, so that a reused pid or port is not mistaken for this server. */
  readonly id: string
  readonly pid: number
  /** ISO 8601. */
  readonly startedAt: string
  readonly healthUrl: string
  readonly lines: StatusLines
  /** How commands reach the database while it runs; this is why the file is private. */
  readonly database: {
    readonly kind: Engine['kind']
    readonly owned: boolean
    readonly administrator: ConnectionSettings
    /** Role postgres, or who stands in for it. */
    readonly owner: ConnectionSettings
    /** Role tenon_clerk, or who stands in for it. */
    readonly clerk: ConnectionSettings
    readonly passwords: Passwords
  }
  /** Sentences about this run: copies kept elsewhere, features that are degraded. */
  readonly notices: readonly string[]
}

const FILE = 'run.json'

export function writeRunState(stateDir: string, state: RunState): void {
  mkdirSync(stateDir, { recursive: true })
  const file = join(stateDir, FILE)
  writeFileSync(`${file}.new`, `${JSON.stringify(state, null, 2)}\n`, { mode: 0o600 })
  renameSync(`${file}.new`, file)
}

export function removeRunState(stateDir: string): void {
  rmSync(join(stateDir, FILE), { force: true })
}

/** The state a server left in this folder, whether or not it still runs; null where there is none or it cannot be read. */
export function readRunState(stateDir: string): RunState | null {
  try {
    const state = JSON.parse(readFileSync(join(stateDir, FILE), 'utf8')) as RunState
    return state.kind === 'run-state' ? state : null
  } catch {
    return null
  }
}
