import { createTestDatabase, type TestDatabase } from '@tenon/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { type OpenDatabase, openDatabase } from '../../../database/pipeline/open-database.ts'
import { storageDatabase } from '../../access/storage-database.ts'
import { cellsOf } from '../../rows/read-rows.ts'
import { insertUpload, lockUpload, putPart, reserve, selectParts } from './multipart.ts'

let database: TestDatabase
let pool: OpenDatabase

beforeAll(async () => {
  database = await createTestDatabase()
  pool = openDatabase({ url: database.url('supabase_storage_admin'), size: 8 })
  await database.query(`insert into storage.buckets (id, name) values ('files', 'files')`, 'supabase_storage_admin')
})

afterAll(async () => {
  await pool.close()
  await database.drop()
})

test('of those who put the same part at the same time one stays, and its bytes alone count', async () => {
  const storage = storageDatabase(pool)
  const upload = { id: 'up', bucket: 'files', key: 'a', version: 'v', ownerId: null, metadata: {}, userMetadata: {} }
  await storage.asOwner([insertUpload(upload)])
  await Promise.all(
    Array.from({ length: 16 }, async (_, index) => {
      await storage.asOwner([reserve('up', 10, 1000)])
      const part = { uploadId: 'up', number: 1, size: 10, etag: `${index}`, ownerId: null }
      await storage.asOwner([lockUpload('up'), putPart(part)])
    }),
  )
  const [parts] = await storage.asOwner([selectParts('up')])
  expect(cellsOf(parts)).toHaveLength(1)
  const text = `select in_progress_size from storage.s3_multipart_uploads where id = 'up'`
  expect(await database.query(text, 'supabase_storage_admin')).toEqual([{ in_progress_size: '10' }])
})
