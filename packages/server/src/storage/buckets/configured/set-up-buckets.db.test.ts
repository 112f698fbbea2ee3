import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'

import type { BucketConfig, StorageConfig } from '../../config.ts'
import { createUploads } from '../../objects/placing/create-uploads.ts'
import { openStored, type Stored } from '../../sweep/stored.test-support.ts'
import { setUpBuckets } from './set-up-buckets.ts'
import type { SetUp } from './trying.ts'

const log = pino({ level: 'silent' })
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tenon-icons-'))
  await writeFile(join(folder, 'plus.txt'), '+')
  await writeFile(join(folder, 'minus.txt'), '-')
})
afterAll(async () => await rm(folder, { recursive: true, force: true }))

async function setUp(
  { database, blobs }: Stored,
  filled: 'made' | 'all',
  bucket: Partial<BucketConfig> & { readonly name: string },
): Promise<SetUp> {
  const rest = { public: false, fileSizeLimit: null, allowedMimeTypes: null, quota: null, objectsPath: folder }
  const config = {
    fileSizeLimit: 1000,
    uploadExpiry: 3600,
    buckets: [{ ...rest, ...bucket }],
  } as unknown as StorageConfig
  return await setUpBuckets(
    { config, database, blobs, uploads: createUploads({ config, database, blobs, log }) },
    filled,
  )
}

test('a bucket is filled by the start that makes it, and what people delete afterwards stays deleted', async () => {
  await using stored = await openStored()
  const icons = { name: 'icons' }
  expect(await setUp(stored, 'made', icons)).toEqual({ uploaded: ['icons/minus.txt', 'icons/plus.txt'], notices: [] })
  await stored.made.query(
    `set storage.allow_delete_query = 'true'; delete from storage.objects where name = 'plus.txt'`,
    'supabase_storage_admin',
  )
  expect(await setUp(stored, 'made', icons)).toEqual({ uploaded: [], notices: [] })
  // Also by a start that changes the bucket itself.
  expect(await setUp(stored, 'made', { ...icons, public: true })).toEqual({ uploaded: [], notices: [] })
  expect(await stored.made.query(`select public from storage.buckets where id = 'icons'`)).toEqual([{ public: true }])
  expect((await stored.left()).objects).toEqual(['minus.txt'])
  expect(await setUp(stored, 'all', icons)).toEqual({ uploaded: ['icons/plus.txt'], notices: [] })
})

test('what of a bucket cannot be is told of by its key of the configuration', async () => {
  await using stored = await openStored()
  const objectsPath = join(folder, 'nowhere')
  expect(await setUp(stored, 'made', { name: 'icons', objectsPath })).toEqual({
    uploaded: [],
    notices: [`Storage: [storage.buckets.icons] objects_path: there is no ${objectsPath}`],
  })
  expect((await setUp(stored, 'made', { name: 'huge', fileSizeLimit: 1001 })).notices).toEqual([
    'Storage: [storage.buckets.huge] file_size_limit: 1001 bytes are more than [storage] file_size_limit, which is 1000 bytes',
  ])
})
