// `tenon db migrate`: the migrations that the database has not seen.

import { migrateProject } from 'tenon'

import { printApplied } from '../print/applied.ts'
import { type DatabaseFlags, readPresentProject } from '../project.ts'

/** Applies what is pending and says so. */
export async function migrateDatabase(flags: DatabaseFlags): Promise<void> {
  const config = readPresentProject(flags, process.cwd())
  const { applied, warnings } = await migrateProject(config)
  printApplied(applied, [])
  for (const warning of warnings) console.warn(warning)
  if (applied.length === 0) console.log('Nothing is pending.')
}
