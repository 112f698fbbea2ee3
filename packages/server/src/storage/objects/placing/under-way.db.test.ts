// What uploads under way leave of a bucket's quota.

import { createTestDatabase, type TestDatabase } from '@tenon/testing'
import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'

import { type OpenDatabase, openDatabase } from '../../../database/pipeline/open-database.ts'
import { storageDatabase } from '../../access/storage-database.ts'
import { type BlobId, type Blobs, newBlobId } from '../../blobs/blobs.ts'
import type { Uploads, WantedUpload } from '../uploads.ts'
import { createUploads } from './create-uploads.ts'

const placed = newBlobId()
let database: TestDatabase
let pool: OpenDatabase
let uploads: Uploads
let inParts: BlobId
let resumable: BlobId

beforeAll(async () => {
  database = await createTestDatabase()
  pool = openDatabase({ url: database.url('supabase_storage_admin'), size: 2 })
  const config = { fileSizeLimit: 1000, uploadExpiry: 3600 }
  // Nothing is written here.
  const blobs = {} as Blobs
  uploads = createUploads({ config, database: storageDatabase(pool), blobs, log: pino({ level: 'silent' }) })
  await sql(`
    insert into storage.buckets (id, name, quota) values ('b', 'b', 100), ('other', 'other', 100), ('free', 'free', null);
    insert into storage.objects (bucket_id, name, version, metadata) 
      values ('b', 'there', '${placed}', '{"size": 10}')`)
})
beforeEach(async () => {
  inParts = newBlobId()
  resumable = newBlobId()
  await sql(`
    delete from storage.s3_multipart_uploads; delete from storage.resumable_uploads;
    insert into storage.s3_multipart_uploads (id, upload_signature, bucket_id, key, version, in_progress_size) values
      ('one', '', 'b', 'parts', '${inParts}', 20);
    insert into storage.resumable_uploads (version, bucket_id, name, role, signed, upsert, size, metadata) values
      ('${resumable}', 'b', 'pieces', 'authenticated', false, false, 40, '{}'),
      ('${newBlobId()}', 'b', 'unknown', 'authenticated', false, false, null, '{}')`)
})
afterAll(async () => {
  await pool.close()
  await database.drop()
})

async function sql(text: string): Promise<void> {
  await database.query(text, 'supabase_storage_admin')
}

function wanted(name: string, more: Partial<WantedUpload> = {}): WantedUpload {
  const described = { contentType: null, cacheControl: 'no-cache', userMetadata: null }
  const upload = { ...described, upsert: true, size: null, operation: 'storage.object.upload' } as const
  return { bucket: 'b', name, ...upload, ...more }
}

async function limitOf(name: string, more?: Partial<WantedUpload>): Promise<number> {
  return (await uploads.admitUnasked(null, wanted(name, more))).limit
}

test('an upload may have what objects, parts that came and announced sizes leave', async () => {
  expect(await limitOf('new')).toBe(30)
  expect(await limitOf('there')).toBe(40)
  expect(await limitOf('new', { bucket: 'other' })).toBe(100)
  expect(await limitOf('new', { bucket: 'free' })).toBe(1000)
  await uploads.admitUnasked(null, wanted('new', { size: 30 }))
  const refused = { code: 'storage.quota-reached', detail: { bucket: 'b', quota: 100 } }
  await expect(uploads.admitUnasked(null, wanted('new', { size: 31 }))).rejects.toMatchObject(refused)
})

test('a resumable upload does not stand in the way of another to its name', async () => {
  expect(await limitOf('pieces')).toBe(70)
})

test('parts do not count against their own upload, and do against another to its name', async () => {
  expect(await limitOf('parts', { begun: inParts })).toBe(50)
  expect(await limitOf('parts')).toBe(30)
})

test('an upload that announced its size keeps its share, whatever came later', async () => {
  expect(await limitOf('pieces', { begun: resumable, size: 40 })).toBe(90)
})

test.each([
  ['aborted', 'delete from storage.s3_multipart_uploads', 'delete from storage.resumable_uploads'],
  [
    'over',
    `update storage.s3_multipart_uploads set created_at = now() - interval '2 hours'`,
    `update storage.resumable_uploads set created_at = now() - interval '2 hours'`,
  ],
  [
    'in place, though their rows do not say so yet',
    `update storage.s3_multipart_uploads set version = '${placed}'`,
    `update storage.resumable_uploads set version = '${placed}' where name = 'pieces'`,
  ],
])('uploads that are %s hold nothing any more', async (_what, parts, pieces) => {
  await sql(parts)
  expect(await limitOf('new')).toBe(50)
  await sql(pieces)
  expect(await limitOf('new')).toBe(90)
})

test('a resumable upload that is completed counts as its object alone', async () => {
  await sql(`update storage.resumable_uploads set completed_at = now()`)
  expect(await limitOf('new')).toBe(70)
})
