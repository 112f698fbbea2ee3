import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { createTestDatabase } from '@tenon/testing'
import { pino } from 'pino'
import { expect, test } from 'vitest'

import { openDatabase } from '../../../database/pipeline/open-database.ts'
import { openSessionLocks } from '../../../database/pool/session-locks.ts'
import { storageDatabase } from '../../../storage/access/storage-database.ts'
import { newBlobId } from '../../../storage/blobs/blobs.ts'
import { openGrowingFiles } from '../../../storage/blobs/files/resumable/open-growing-files.ts'
import type { StorageConfig } from '../../../storage/config.ts'
import { openResumableSweep } from './open-resumable-sweep.ts'

test('what was given up while no server ran is swept when one starts', async () => {
  const made = await createTestDatabase()
  const url = made.url('supabase_storage_admin')
  const pool = openDatabase({ url, size: 2 })
  const locks = openSessionLocks({ url, channel: 'test_sweep_at_start' })
  const folder = await mkdtemp(join(tmpdir(), 'tenon-sweep-'))
  const growing = await openGrowingFiles(folder)
  const version = newBlobId()
  await growing.begin(version)
  await made.query(
    `insert into storage.resumable_uploads (version, bucket_id, name, role, signed, upsert, metadata, created_at)
     values ('${version}', 'b', 'slow', 'anon', false, false, '{}', '2020-01-02T03:04:05Z')`,
    'supabase_storage_admin',
  )
  const config = { uploadExpiry: 3600 } as StorageConfig
  const log = pino({ level: 'silent' })
  const sweep = openResumableSweep({ database: storageDatabase(pool), growing, locks, config, log })
  try {
    await expect.poll(async () => await growing.size(version)).toBeNull()
  } finally {
    await sweep.close()
    await locks.close()
    await growing.close()
    await pool.close()
    await made.drop()
    await rm(folder, { recursive: true, force: true })
  }
})
