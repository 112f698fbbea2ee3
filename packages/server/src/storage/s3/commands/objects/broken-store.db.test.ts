// What a client of the S3 protocol is told where the store of the bytes fails.

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { CopyObjectCommand, GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { createTestDatabase, type TestDatabase } from '@tenon/testing'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'

import { type FaultyStore, openFaultyStore } from '../../../blobs/s3/faulty-store.test-support.ts'
import { openS3 } from '../../../blobs/s3/open-s3.ts'
import { startS3rver, type TestS3 } from '../../../blobs/s3/s3rver.test-support.ts'
import { openProcess, type TestProcess } from '../../multipart/test-process.test-support.ts'

const object = { Bucket: 'b', Key: 'a.bin' }
const Body = Buffer.alloc(2_000_000, 'a')

let database: TestDatabase
let folder: string
let s3: TestS3
let faulty: FaultyStore
let door: TestProcess

beforeAll(async () => {
  database = await createTestDatabase()
  await database.query(`insert into storage.buckets (id, name) values ('b', 'b')`, 'supabase_storage_admin')
  folder = await mkdtemp(join(tmpdir(), 'tenon-broken-'))
  s3 = await startS3rver()
  faulty = await openFaultyStore(s3.config)
  door = await openProcess(database, folder, () => openS3(faulty.config))
  await door.client.send(new PutObjectCommand({ ...object, Body, CacheControl: 'max-age=3600' }))
})
afterEach(() => faulty.fail(null))
afterAll(async () => {
  await door[Symbol.asyncDispose]()
  await faulty[Symbol.asyncDispose]()
  await s3[Symbol.asyncDispose]()
  await database.drop()
  await rm(folder, { recursive: true })
})

const refused = (message: string): object => ({
  name: 'StorageBackendError',
  message,
  $metadata: { httpStatusCode: 500 },
})

test('a store that breaks off before its first byte is a refusal, which says nothing of the object', async () => {
  faulty.fail({ kind: 'breaks', after: 0 })
  const thrown: unknown = await door.client.send(new GetObjectCommand(object)).catch((error: unknown) => error)
  expect(thrown).toMatchObject(refused('The store of the bytes broke off'))
  const { headers } = (thrown as { readonly $response: { readonly headers: Record<string, string> } }).$response
  expect([headers['etag'], headers['cache-control'], headers['last-modified']]).toEqual([
    undefined,
    undefined,
    undefined,
  ])
})

test('a store that breaks off later takes the connection with it', async () => {
  faulty.fail({ kind: 'breaks', after: 1_000_000 })
  const { Body: body } = await door.client.send(new GetObjectCommand(object))
  await expect(body?.transformToByteArray()).rejects.toThrow('aborted')
})

test('a store that takes nothing is a refusal, and the object stays what it was', async () => {
  faulty.fail({ kind: 'status', status: 503 })
  const put = new PutObjectCommand({ ...object, Body: 'another' })
  const copy = new CopyObjectCommand({ ...object, Key: 'copy', CopySource: 'b/a.bin' })
  for (const command of [put, copy] as const)
    await expect(door.client.send(command as PutObjectCommand)).rejects.toMatchObject({
      $metadata: { httpStatusCode: 500 },
      message: expect.stringContaining('answers 503'),
    })
  faulty.fail(null)
  const got = await door.client.send(new GetObjectCommand(object))
  expect((await got.Body?.transformToByteArray())?.length).toBe(Body.length)
})
