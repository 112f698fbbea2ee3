// `tenon clerk backfill`: the mirror as Clerk has it now.

import { backfillProject, stateDirOf } from 'tenon'

import { sayNothingRuns } from '../print/say-nothing-runs.ts'
import { findProject } from '../project.ts'

/** Reads everything from Clerk and prints what the mirror did not have; says so and exits with 1 where nothing runs. */
export async function backfillMirror(flags: { readonly project?: string }): Promise<void> {
  const projectDir = findProject(flags.project, process.cwd())
  const result = await backfillProject(stateDirOf(projectDir))
  if (result === null) return sayNothingRuns(projectDir)
  for (const [name, { read, written, removed }] of Object.entries(result))
    console.log(`${name}: ${read} read, ${written} written, ${removed} removed`)
}
