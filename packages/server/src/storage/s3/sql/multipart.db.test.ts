import { createTestDatabase, type TestDatabase } from '@tenon/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { type OpenDatabase, openDatabase } from '../../../database/pipeline/open-database.ts'
import { type StorageDatabase, storageDatabase } from '../../access/storage-database.ts'
import { cellsOf } from '../../rows/read-rows.ts'
import { insertUpload, lockUpload, putPart, release, reserve, selectParts } from './multipart.ts'

let database: TestDatabase
let pool: OpenDatabase
let storage: StorageDatabase

beforeAll(async () => {
  database = await createTestDatabase()
  pool = openDatabase({ url: database.url('supabase_storage_admin'), size: 8 })
  storage = storageDatabase(pool)
  await database.query(`insert into storage.buckets (id, name) values ('files', 'files')`, 'supabase_storage_admin')
})

afterAll(async () => {
  await pool.close()
  await database.drop()
})

interface Asked {
  readonly uploadId: string
  readonly size: number
  readonly limit: number
}

async function begin(): Promise<string> {
  const id = crypto.randomUUID()
  const rest = { bucket: 'files', key: 'a', version: 'v', ownerId: null, metadata: {}, userMetadata: {} }
  await storage.asOwner([insertUpload({ id, ...rest })])
  return id
}

/** What is taken for the part of number 1; null where it may not be. */
async function take({ uploadId, size, limit }: Asked): Promise<number | null> {
  const [, rows] = await storage.asOwner([lockUpload(uploadId), reserve({ uploadId, number: 1, size }, limit)])
  const [cells] = cellsOf(rows)
  return cells === undefined ? null : Number(cells['reserved'])
}

/** False where it may not be. */
async function put(asked: Asked, reserved: number | null): Promise<boolean> {
  const part = { ...asked, number: 1, etag: crypto.randomUUID(), ownerId: null, reserved: reserved ?? 0 }
  const [, rows] = await storage.asOwner([lockUpload(asked.uploadId), putPart(part)])
  return cellsOf(rows).length === 1
}

/** The sizes of the parts, and what counts. */
async function countedOf(uploadId: string): Promise<readonly unknown[]> {
  const [parts] = await storage.asOwner([selectParts(uploadId)])
  const text = `select in_progress_size from storage.s3_multipart_uploads where id = '${uploadId}'`
  const [row] = await database.query(text, 'supabase_storage_admin')
  return [cellsOf(parts).map(({ size }) => Number(size)), Number(row?.['in_progress_size'])]
}

test('of those who put the same part at the same time one stays, and its bytes alone count', async () => {
  const uploadId = await begin()
  const sizes = Array.from({ length: 16 }, (_, index) => 10 + index)
  await Promise.all(
    sizes.map(async (size) => {
      const asked = { uploadId, size, limit: 1000 }
      expect(await put(asked, await take(asked))).toBe(true)
    }),
  )
  const [parts, counted] = await countedOf(uploadId)
  expect(parts).toEqual([counted])
})

test('a part that is sent again takes what it adds, and nothing where it adds nothing', async () => {
  const uploadId = await begin()
  const asked = { uploadId, size: 60, limit: 100 }
  expect(await put(asked, await take(asked))).toBe(true)
  expect(await take({ ...asked, size: 101 })).toBeNull()
  expect(await take({ ...asked, size: 100 })).toBe(40)
  expect(await take(asked)).toBe(0)
  expect(await take({ ...asked, size: 20, limit: 50 })).toBe(0)
  await storage.asOwner([release(uploadId, 40)])
  expect(await put({ ...asked, size: 20 }, 0)).toBe(true)
  expect(await countedOf(uploadId)).toEqual([[20], 20])
})

test('a part counts by its size, whatever the one of its number has become meanwhile', async () => {
  const uploadId = await begin()
  const asked = { uploadId, size: 60, limit: 100 }
  await put(asked, await take(asked))
  const [same, smaller] = [await take(asked), await take({ ...asked, size: 1 })]
  await put({ ...asked, size: 1 }, smaller)
  expect(await countedOf(uploadId)).toEqual([[1], 1])
  expect(await put({ ...asked, limit: 59 }, same)).toBe(false)
  expect(await countedOf(uploadId)).toEqual([[1], 1])
  expect(await put(asked, same)).toBe(true)
  expect(await countedOf(uploadId)).toEqual([[60], 60])
})

test('a part that was taken for is put, though less is left by now', async () => {
  const uploadId = await begin()
  const asked = { uploadId, size: 60, limit: 100 }
  expect(await put({ ...asked, limit: 10 }, await take(asked))).toBe(true)
  expect(await countedOf(uploadId)).toEqual([[60], 60])
})
