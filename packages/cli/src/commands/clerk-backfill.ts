// `tenon clerk backfill`: the mirror as Clerk has it now.

import { backfillProject, stateDirOf } from 'tenon'

import { findProject } from '../project.ts'

/** Reads everything from Clerk and prints what the mirror did not have; says so and exits with 1 where nothing runs. */
export async function backfillMirror(flags: { readonly project?: string }): Promise<void> {
  const projectDir = findProject(flags.project, process.cwd())
  const result = await backfillProject(stateDirOf(projectDir))
  if (result === null) {
    console.error(`Nothing runs for ${projectDir}. Start it with: tenon start`)
    process.exitCode = 1
    return
  }
  for (const [name, { read, written, removed }] of Object.entries(result))
    console.log(`${name}: ${read} read, ${written} written, ${removed} removed`)
}
