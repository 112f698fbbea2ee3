import { createTestDatabase, type TestDatabase } from '@tenon/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { type OpenDatabase, openDatabase } from '../../../database/pipeline/open-database.ts'
import { storageDatabase } from '../../access/storage-database.ts'
import { type BlobId, newBlobId } from '../../blobs/blobs.ts'
import { type ResumableUploads, resumableUploads } from './resumable-uploads.ts'

let database: TestDatabase
let pool: OpenDatabase
let rows: ResumableUploads

beforeAll(async () => {
  database = await createTestDatabase()
  pool = openDatabase({ url: database.url('supabase_storage_admin'), size: 2 })
  rows = resumableUploads(storageDatabase(pool))
})
afterAll(async () => {
  await pool.close()
  await database.drop()
})

interface Beginning {
  readonly bucket?: string
  readonly name?: string
  readonly ownerId?: string | null
  readonly role?: string
  readonly signed?: boolean
}

async function begin(beginning: Beginning): Promise<BlobId> {
  const version = newBlobId()
  const plain = { bucket: 'b', name: 'n', ownerId: 'user_1', role: 'authenticated', signed: false }
  await rows.begin({ version, ...plain, ...beginning, upsert: false, size: 5, metadata: {} })
  return version
}

async function beginMany(count: number, beginning: Beginning): Promise<readonly BlobId[]> {
  return await Promise.all(Array.from({ length: count }, async () => await begin(beginning)))
}

const refused = { code: 'storage.uploads-unfinished', detail: { most: 100 } }

test('a person may have a hundred uploads unfinished in a bucket, and others and other buckets are not in the way', async () => {
  const [first = newBlobId()] = await beginMany(100, {})
  await expect(begin({ name: 'other' })).rejects.toMatchObject(refused)
  await begin({ bucket: 'other' })
  await begin({ ownerId: 'user_2' })
  await begin({ role: 'editor' })
  await rows.markCompleted(first)
  await begin({})
  await expect(begin({})).rejects.toMatchObject(refused)
})

test('those who were given a token are counted for its name alone', async () => {
  const signed = { ownerId: null, role: 'signed', signed: true }
  await beginMany(100, signed)
  await expect(begin(signed)).rejects.toMatchObject(refused)
  await begin({ ...signed, name: 'other' })
})

test('strangers have more of them together, and a server of the project as many as it likes', async () => {
  expect(await beginMany(101, { ownerId: null, role: 'anon' })).toHaveLength(101)
  expect(await beginMany(101, { ownerId: null, role: 'service_role' })).toHaveLength(101)
})
