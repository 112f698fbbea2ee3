// `tenon stop`: ends the stack of this project, wherever it was started.

import { stateDirOf, stopRunning } from 'tenon'

import { findProject } from '../project.ts'

const PATIENCE = 30_000

/** Stops what runs. Nothing running is no failure: the wish is fulfilled. */
export async function stop(flags: { readonly project?: string }): Promise<void> {
  const projectDir = findProject(flags.project, process.cwd())
  const outcome = await stopRunning(stateDirOf(projectDir), PATIENCE)
  switch (outcome) {
    case 'stopped':
      console.log('Stopped.')
      break
    case 'none':
      console.log(`Nothing runs for ${projectDir}.`)
      break
    case 'late':
      console.error(`The stack was told to stop and is still there after ${PATIENCE / 1000} s.`)
      process.exitCode = 1
  }
}
