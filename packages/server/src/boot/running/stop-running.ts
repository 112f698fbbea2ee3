// Asks the server that runs for a state folder to stop, and waits until its process is gone.

import { isAlive } from '../../database/engines/embedded/processes.ts'
import { findRunning } from './find-running.ts'

const POLL = 50

/**
 * Sends SIGTERM and waits at most `patience` milliseconds.
 * `none` where nothing ran; `late` where the process is still there when the patience is over.
 */
export async function stopRunning(stateDir: string, patience: number): Promise<'stopped' | 'none' | 'late'> {
  const state = await findRunning(stateDir)
  if (state === null) return 'none'
  process.kill(state.pid, 'SIGTERM')
  for (let waited = 0; waited < patience; waited += POLL) {
    if (!isAlive(state.pid)) return 'stopped'
    await new Promise((resolve) => setTimeout(resolve, POLL))
  }
  return isAlive(state.pid) ? 'late' : 'stopped'
}
