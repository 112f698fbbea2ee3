// `tenon studio`: the way into the running stack's dashboard.

import { spawn } from 'node:child_process'

import { stateDirOf, studioLink } from 'tenon'

import { sayNothingRuns } from '../print/say-nothing-runs.ts'
import { findProject } from '../project.ts'

interface StudioFlags {
  readonly project?: string
  readonly open?: boolean
}

/** Prints a link that signs in once; says so and exits with 1 where nothing runs. `--open` hands it to the browser too. */
export async function studio(flags: StudioFlags): Promise<void> {
  const projectDir = findProject(flags.project, process.cwd())
  const link = await studioLink(stateDirOf(projectDir))
  if (link === null) return sayNothingRuns(projectDir)
  console.log(link.url)
  if (flags.open === true) openInBrowser(link.url)
}

/** By the system's own command for it; where there is none, the printed link has to do. */
function openInBrowser(url: string): void {
  const commands: Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>> = {
    darwin: ['open', url],
    win32: ['explorer', url],
  }
  const [command, ...args] = commands[process.platform] ?? ['xdg-open', url]
  const opener = spawn(command, args, { stdio: 'ignore', detached: true })
  opener.once('error', () => console.error(`${command} cannot be run: open the link yourself.`))
  opener.unref()
}
