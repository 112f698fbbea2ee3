// What becomes of bytes whose row the database does not take, or may have taken.

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'

import { createTestDatabase, type TestDatabase } from '@tenon/testing'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { type OpenDatabase, openDatabase } from '../../../database/pipeline/open-database.ts'
import { storageDatabase } from '../../access/storage-database.ts'
import type { Blobs } from '../../blobs/blobs.ts'
import { openFiles } from '../../blobs/files/open-files.ts'
import type { AdmittedUpload, Retry, Uploads } from '../uploads.ts'
import { createUploads } from './create-uploads.ts'

let database: TestDatabase
let folder: string
let blobs: Blobs
let pools: readonly OpenDatabase[]
let uploads: Uploads
/** Nothing listens where its database should be. */
let cut: Uploads

beforeAll(async () => {
  database = await createTestDatabase()
  folder = await mkdtemp(join(tmpdir(), 'tenon-commits-'))
  blobs = await openFiles(folder)
  const open = openDatabase({ url: database.url('supabase_storage_admin'), size: 4 })
  const nowhere = openDatabase({ url: 'postgres://nobody@127.0.0.1:1/none', size: 1 })
  pools = [open, nowhere]
  uploads = uploadsOver(open)
  cut = uploadsOver(nowhere)
  await database.query(
    `insert into storage.buckets (id, name) values ('b', 'b'), ('torn', 'torn'), ('dying', 'dying'), ('full', 'full');
     create function storage.tear() returns trigger language plpgsql as
       $$ begin raise exception 'could not serialize access' using errcode = '40001'; end $$;
     create trigger tear before insert on storage.objects for each row when (new.bucket_id = 'torn')
       execute function storage.tear();
     create function storage.die() returns trigger language plpgsql as
       $$ begin perform pg_terminate_backend(pg_backend_pid()); return new; end $$;
     create trigger die before insert on storage.objects for each row when (new.bucket_id = 'dying')
       execute function storage.die()`,
    'supabase_storage_admin',
  )
})
afterAll(async () => {
  for (const pool of pools) await pool.close()
  await blobs.close()
  await database.drop()
  await rm(folder, { recursive: true, force: true })
})

function uploadsOver(pool: OpenDatabase): Uploads {
  const config = { fileSizeLimit: 1000, uploadExpiry: 3600 }
  return createUploads({ config, database: storageDatabase(pool), blobs, log: pino({ level: 'silent' }) })
}

async function admitted(bucket: string, name: string): Promise<AdmittedUpload> {
  const described = { contentType: 'text/plain', cacheControl: 'no-cache', userMetadata: null }
  const wanted = { bucket, name, ...described, upsert: true, size: null, operation: 'storage.object.upload' } as const
  return await uploads.admitUnasked(null, wanted)
}

/** The code of the refusal, and whether the bytes are still there. */
async function refused(through: Uploads, each: AdmittedUpload, retry?: Retry): Promise<readonly unknown[]> {
  const written = await blobs.write(each.version, Readable.from([Buffer.from('bytes')]), each.limit)
  const code = await through.commit(each, written, 'text/plain', retry).then(
    () => 'none',
    (error: unknown) => (error as { readonly code: string }).code,
  )
  return [code, (await blobs.stat(each.version)) !== null]
}

test.each([
  ['resumed', true],
  ['from-the-beginning', false],
] as const)('bytes of an upload that goes on %s stay where a refusal passes: %s', async (retry, kept) => {
  expect(await refused(cut, await admitted('b', 'cut'), retry)).toEqual(['postgres.unreachable', kept])
  expect(await refused(uploads, await admitted('torn', 'x'), retry)).toEqual(['postgres.error', kept])
})

test.each([
  ['resumed', true],
  ['from-the-beginning', false],
] as const)('bytes of an upload that goes on %s stay where a quota may be raised: %s', async (retry, kept) => {
  const each = await admitted('full', 'x')
  await database.query(`update storage.buckets set quota = 4 where id = 'full'`, 'supabase_storage_admin')
  expect(await refused(uploads, each, retry)).toEqual(['storage.quota-reached', kept])
  await database.query(`update storage.buckets set quota = null where id = 'full'`, 'supabase_storage_admin')
})

test('bytes stay where nobody knows whether their row was taken', async () => {
  const [code, kept] = await refused(uploads, await admitted('dying', 'x'))
  expect(['postgres.error', 'postgres.connection-lost']).toContain(code)
  expect(kept).toBe(true)
})

test('bytes that would be refused again are removed, however their upload goes on', async () => {
  for (const retry of ['resumed', 'from-the-beginning'] as const) {
    const each = await admitted('b', 'late')
    const gone = { ...each, wanted: { ...each.wanted, bucket: 'gone' } }
    expect(await refused(uploads, gone, retry)).toEqual(['storage.bucket-not-found', false])
  }
})
