// Tells whether the server that wrote a run state is still the one that answers.

import { readRunState, type RunState } from './run-state.ts'

const PATIENCE = 2000

/** The server that runs for this state folder, asked by its own address; null where none answers as itself. */
export async function findRunning(stateDir: string): Promise<RunState | null> {
  const state = readRunState(stateDir)
  if (state === null || !isAlive(state.pid)) return null
  return (await healthId(state.healthUrl)) === state.id ? state : null
}

/** True while a process of this number exists, whoever owns it. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

async function healthId(url: string): Promise<string | null> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(PATIENCE) })
    const health = (await response.json()) as { stack?: string }
    return health.stack ?? null
  } catch {
    return null
  }
}
