// What `tenon doctor storage` does: looks at the rows and the bytes of a project, whether or not its server runs.

import { existsSync } from 'node:fs'
import { join } from 'node:path'

import { openDatabase } from '../../database/pipeline/open-database.ts'
import { Refusal } from '../../refusal/refusal.ts'
import { storageDatabase } from '../../storage/access/storage-database.ts'
import { examineStorage, type Tell } from '../../storage/doctor/examine-storage.ts'
import type { Examination } from '../../storage/doctor/finding.ts'
import type { DatabaseProject } from '../config/project-config.ts'
import { connectionOptions } from '../parts/connect.ts'
import { openBlobs } from '../parts/storage/open-blobs.ts'
import { openProjectDatabase } from './project-database.ts'

interface DoctorWishes {
  readonly deep: boolean
  readonly repair: boolean
  /** Seconds after which bytes count as forgotten, rather than as under way; the configuration says where it is null. */
  readonly age: number | null
}

const CONNECTIONS = 4

/** Tells each finding as it is found, and makes nothing. Refuses with `boot.nothing-stored`, `storage.bytes-unavailable`, `postgres.*` and `engine.*`. */
export async function examineProjectStorage(
  config: DatabaseProject,
  { deep, repair, age }: DoctorWishes,
  tell: Tell,
): Promise<Examination> {
  requireStored(config)
  await using project = await openProjectDatabase(config)
  const { blobs } = await openBlobs(config.storage.blobs)
  // Whom no policy keeps from seeing a row: bytes of rows that are not seen would be taken for forgotten.
  const pool = openDatabase({ ...connectionOptions(project.settings('administrator')), size: CONNECTIONS })
  try {
    const { orphanAge, uploadExpiry } = config.storage
    return await examineStorage(
      {
        ages: { orphanAge: age ?? orphanAge, uploadExpiry: age ?? uploadExpiry },
        database: storageDatabase(pool),
        blobs,
        now: Date.now,
        wishes: { deep, repair },
      },
      tell,
    )
  } finally {
    await blobs.close()
    await pool.close()
  }
}

/** An empty database and an empty folder would be found to be well. */
function requireStored({ db, stateDir, storage: { blobs } }: DatabaseProject): void {
  const folders = [
    ...(db.url === null ? [join(stateDir, 'postgres')] : []),
    ...(blobs.kind === 'files' ? [blobs.folder] : []),
  ]
  const folder = folders.find((needed) => !existsSync(needed))
  if (folder === undefined) return
  const fix = 'Name the folder that holds supabase/ with --project; the first tenon start makes what a project stores.'
  throw new Refusal('boot.nothing-stored', { folder }, { fix })
}
