// `tenon env`: the running stack's addresses and keys for an app beside it.

import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { relative, resolve } from 'node:path'

import { findRunning, stateDirOf } from 'tenon'

import { appVariables } from '../print/app-variables.ts'
import { mergeEnvFile, renderEnvFile } from '../print/env-file.ts'
import { sayNothingRuns } from '../print/say-nothing-runs.ts'
import { findProject } from '../project.ts'

interface EnvFlags {
  readonly project?: string
  /** True for the project's `.env.local`. */
  readonly write?: string | true
}

/** Prints the variables, or keeps them in a file; says so and exits with 1 where nothing runs. */
export async function env({ project, write }: EnvFlags): Promise<void> {
  const projectDir = findProject(project, process.cwd())
  const running = await findRunning(stateDirOf(projectDir))
  if (running === null) return sayNothingRuns(projectDir)
  const variables = appVariables(running.lines)
  if (write === undefined) {
    console.log(renderEnvFile(variables))
    return
  }
  const file = write === true ? resolve(projectDir, '.env.local') : resolve(write)
  writeMerged(file, variables)
  console.log(`Wrote ${Object.keys(variables).length} variables to ${relative(process.cwd(), file)}`)
}

/** A file we make is its owner's alone, because a secret key is in it. */
function writeMerged(file: string, variables: Readonly<Record<string, string>>): void {
  const before = existsSync(file) ? readFileSync(file, 'utf8') : ''
  writeFileSync(file, mergeEnvFile(before, variables), { mode: 0o600 })
}
