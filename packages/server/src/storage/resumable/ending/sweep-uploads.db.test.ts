import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'

import { createTestDatabase, type TestDatabase } from '@tenon/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { type OpenDatabase, openDatabase } from '../../../database/pipeline/open-database.ts'
import { openSessionLocks, type SessionLocks } from '../../../database/pool/session-locks.ts'
import { storageDatabase } from '../../access/storage-database.ts'
import { type BlobId, newBlobId } from '../../blobs/blobs.ts'
import { type GrowingFiles, openGrowingFiles } from '../../blobs/files/resumable/open-growing-files.ts'
import { type ResumableUploads, resumableUploads } from '../rows/resumable-uploads.ts'
import { sweepUploads } from './sweep-uploads.ts'

const HOUR = 3600

let database: TestDatabase
let pool: OpenDatabase
let folder: string
let rows: ResumableUploads
let growing: GrowingFiles
let locks: SessionLocks

beforeAll(async () => {
  database = await createTestDatabase()
  const url = database.url('supabase_storage_admin')
  pool = openDatabase({ url, size: 2 })
  rows = resumableUploads(storageDatabase(pool))
  locks = openSessionLocks({ url, channel: 'test_sweep' })
  folder = await mkdtemp(join(tmpdir(), 'tenon-sweep-'))
  growing = await openGrowingFiles(folder)
})
afterAll(async () => {
  await locks.close()
  await growing.close()
  await pool.close()
  await database.drop()
  await rm(folder, { recursive: true, force: true })
})

async function begin(hoursAgo: number): Promise<BlobId> {
  const version = newBlobId()
  const named = { bucket: 'b', name: 'a/b c.txt', ownerId: 'user_1', role: 'authenticated', metadata: { x: null } }
  await rows.begin({ version, ...named, signed: false, upsert: true, size: null })
  await growing.begin(version)
  await growing.append(version, 0, Readable.from([Buffer.from('hello')]))
  await database.query(
    `update storage.resumable_uploads set created_at = now() - interval '${hoursAgo} hours' where version = '${version}'`,
    'supabase_storage_admin',
  )
  return version
}

test('a row is found as it was begun, learns its size once, and is completed', async () => {
  const version = await begin(0)
  await rows.declareSize(version, 5)
  await rows.declareSize(version, 7)
  expect(await rows.find(version)).toMatchObject({
    version,
    bucket: 'b',
    name: 'a/b c.txt',
    ownerId: 'user_1',
    role: 'authenticated',
    signed: false,
    upsert: true,
    size: 5,
    metadata: { x: null },
    completed: false,
  })
  await rows.markCompleted(version)
  expect(await rows.find(version)).toMatchObject({ completed: true })
  await rows.remove(version)
  expect(await rows.find(version)).toBeNull()
})

test('an upload whose object is in place is completed, whether or not its row says so', async () => {
  const version = await begin(0)
  await database.query(
    `insert into storage.buckets (id, name) values ('b', 'b');
     insert into storage.objects (bucket_id, name, version) values ('b', 'n', '${version}')`,
    'supabase_storage_admin',
  )
  expect(await rows.find(version)).toMatchObject({ completed: true })
})

test('what is over is swept, row and bytes, and what is not stays', async () => {
  const [old, young] = [await begin(2), await begin(0)]
  await sweepUploads({ rows, growing, locks }, HOUR)
  expect([await rows.find(old), await growing.size(old)]).toEqual([null, null])
  expect([(await rows.find(young))?.version, await growing.size(young)]).toEqual([young, 5])
})

test('what is being written is not swept', async () => {
  const version = await begin(2)
  const release = await locks.take(version, { onWanted: () => {}, patience: 0 })
  await sweepUploads({ rows, growing, locks }, HOUR)
  expect(await growing.size(version)).toBe(5)
  await release?.()
  await sweepUploads({ rows, growing, locks }, HOUR)
  expect(await growing.size(version)).toBeNull()
})

test('nobody but the owner reads the rows', async () => {
  for (const role of ['anon', 'authenticated', 'service_role'])
    await expect(
      database.query(`set role ${role}; select * from storage.resumable_uploads`, 'supabase_admin'),
    ).rejects.toThrow('permission denied')
})
