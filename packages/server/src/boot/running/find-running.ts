// Tells whether the server that wrote a run state is still the one that answers.

import { isAlive } from '../../database/engines/embedded/processes.ts'
import { probe } from './probe.ts'
import { readRunState, type RunState } from './run-state.ts'

/** The server that runs for this state folder, asked by its own address; null where none answers as itself. */
export async function findRunning(stateDir: string): Promise<RunState | null> {
  const state = readRunState(stateDir)
  if (state === null || !isAlive(state.pid)) return null
  return (await healthId(state.healthUrl)) === state.id ? state : null
}

async function healthId(url: string): Promise<string | null> {
  try {
    const health = JSON.parse((await probe(url)).text) as { stack?: string }
    return health.stack ?? null
  } catch {
    return null
  }
}
