// `tenon db reset`: the database as the project's files describe it, and nothing else.

import { resetProject, seedProjectBuckets } from 'tenon'

import { printApplied } from '../print/applied.ts'
import { type DatabaseFlags, readPresentProject } from '../project.ts'

interface ResetFlags extends DatabaseFlags {
  readonly seed: boolean
  readonly people?: boolean
  readonly force?: boolean
}

const KEPT =
  'The database is reset. People and organisations of the built-in Clerk instance stayed; --people empties it too.'

/** Empties the database and applies migrations and seed again. */
export async function resetProjectDatabase(flags: ResetFlags): Promise<void> {
  const { seed, people = false, force = false } = flags
  const config = readPresentProject(flags, process.cwd())
  const { migrations, seed: seeded } = await resetProject(config, { seed, people, force })
  printApplied(migrations.applied, seeded.applied)
  for (const warning of [...migrations.warnings, ...seeded.warnings]) console.warn(warning)
  const { notices } = seed ? await seedProjectBuckets(config) : { notices: [] }
  for (const notice of notices) console.warn(notice)
  console.log(people ? 'The database and the built-in Clerk instance are reset.' : KEPT)
}
