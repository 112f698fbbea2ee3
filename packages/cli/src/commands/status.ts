// `tenon status`: what the running stack left for us to know.

import { findRunning, readProjectConfig } from 'tenon'

import { renderStatus, type StatusFormat } from '../print/status-lines.ts'
import { findProject } from '../project.ts'

/** Prints the running stack's variables; says so and exits with 1 where nothing runs. */
export async function status(flags: { readonly project?: string; readonly output: StatusFormat }): Promise<void> {
  const { stateDir, projectDir } = readProjectConfig(findProject(flags.project, process.cwd()), process.env)
  const running = await findRunning(stateDir)
  if (running === null) {
    console.error(`Nothing runs for ${projectDir}. Start it with: tenon start`)
    process.exitCode = 1
    return
  }
  console.log(renderStatus(running.lines, flags.output))
  if (flags.output === 'pretty') for (const notice of running.notices) console.log(`\n${notice}`)
}
