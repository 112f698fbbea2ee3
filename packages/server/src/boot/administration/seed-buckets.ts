// What `tenon seed buckets` does, and a reset after it: the buckets of the configuration, with their files.

import { pino } from 'pino'

import { openDatabase } from '../../database/pipeline/open-database.ts'
import { connectionOptions } from '../parts/connect.ts'
import { storageDatabase } from '../../storage/access/storage-database.ts'
import { setUpBuckets } from '../../storage/buckets/configured/set-up-buckets.ts'
import type { SetUp } from '../../storage/buckets/configured/trying.ts'
import { createUploads } from '../../storage/objects/placing/create-uploads.ts'
import type { DatabaseProject } from '../config/project-config.ts'
import { openBlobs } from '../parts/storage/open-blobs.ts'
import { openProjectDatabase } from './project-database.ts'

/** Beside a stack that runs, or without one. Refuses with `engine.*`. */
export async function seedProjectBuckets(project: DatabaseProject): Promise<SetUp> {
  const { storage: config } = project
  if (!config.enabled || config.buckets.length === 0) return { uploaded: [], notices: [] }
  await using opened = await openProjectDatabase(project)
  const pool = openDatabase({ ...connectionOptions(opened.settings('administrator')), size: 1 })
  const { blobs, notices } = await openBlobs(config.blobs)
  try {
    const database = storageDatabase(pool)
    const uploads = createUploads({ config, database, blobs, log: pino({ level: 'silent' }) })
    const result = await setUpBuckets({ config, database, blobs, uploads }, 'all')
    return { ...result, notices: [...notices, ...result.notices] }
  } finally {
    await blobs.close()
    await pool.close()
  }
}
