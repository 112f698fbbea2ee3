// `tenon status`: what the running stack left for us to know.

import { findRunning, stateDirOf } from 'tenon'

import { linesOfInstance, renderStatus, type StatusFormat } from '../print/status-lines.ts'
import { sayNothingRuns } from '../print/say-nothing-runs.ts'
import { findProject } from '../project.ts'

export interface StatusFlags {
  readonly project?: string
  readonly output: StatusFormat
  /** The Clerk instance whose variables stand for `CLERK_*`; all are listed where it is left out. */
  readonly instance?: string
}

/** Prints the running stack's variables; says so and exits with 1 where nothing runs. */
export async function status(flags: StatusFlags): Promise<void> {
  const projectDir = findProject(flags.project, process.cwd())
  const running = await findRunning(stateDirOf(projectDir))
  if (running === null) return sayNothingRuns(projectDir)
  const lines = flags.instance === undefined ? running.lines : linesOfInstance(running.lines, flags.instance)
  if (lines === null) {
    console.error(`No Clerk instance of ${projectDir} is called ${flags.instance}.`)
    process.exitCode = 1
    return
  }
  console.log(renderStatus(lines, flags.output))
  if (flags.output === 'pretty') for (const notice of running.notices) console.log(`\n${notice}`)
}
