// Uploads in parts that several processes begin, fill and end together.

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'

import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3'
import { createTestDatabase, type TestDatabase } from '@tenon/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'

import type { Blobs } from '../../blobs/blobs.ts'
import { listenForAsking, openProcess, type TestProcess } from './test-process.test-support.ts'

const noSuchUpload = { name: 'NoSuchUpload', $metadata: { httpStatusCode: 404 } }

let database: TestDatabase
let folder: string

beforeAll(async () => {
  database = await createTestDatabase()
  folder = await mkdtemp(join(tmpdir(), 'tenon-s3-door-'))
  await database.query(`insert into storage.buckets (id, name) values ('b', 'b')`, 'supabase_storage_admin')
})
afterAll(async () => {
  await database.drop()
  await rm(folder, { recursive: true })
})

interface Gate {
  /** Resolves once somebody is there. */
  readonly reached: Promise<void>
  readonly open: () => void
  readonly before: (files: Blobs) => Blobs
}

/** Before the parts of an upload are put together, or let go. */
function createGate(): Gate {
  const [reached, opening] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const pass = async (): Promise<void> => {
    reached.resolve()
    await opening.promise
  }
  const before = (files: Blobs): Blobs => {
    const own = files.parts
    const completing: typeof own.complete = async (...said) =>
      await pass().then(async () => await own.complete(...said))
    const aborting: typeof own.abort = async (token) => await pass().then(async () => await own.abort(token))
    return { ...files, parts: { ...own, complete: completing, abort: aborting } }
  }
  return { reached: reached.promise, open: opening.resolve, before }
}

interface Begun {
  readonly Bucket: string
  readonly Key: string
  readonly UploadId: string
}

async function begin({ client }: TestProcess, Key: string): Promise<Begun> {
  const { UploadId = '' } = await client.send(new CreateMultipartUploadCommand({ Bucket: 'b', Key }))
  return { Bucket: 'b', Key, UploadId }
}

async function sendPart({ client }: TestProcess, upload: Begun, PartNumber: number, Body: string) {
  const { ETag } = await client.send(new UploadPartCommand({ ...upload, PartNumber, Body }))
  return { PartNumber, ETag }
}

type Parts = readonly Awaited<ReturnType<typeof sendPart>>[]

async function complete({ client }: TestProcess, upload: Begun, parts: Parts): Promise<unknown> {
  return await client.send(new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts: [...parts] } }))
}

async function abort({ client }: TestProcess, upload: Begun): Promise<unknown> {
  return await client.send(new AbortMultipartUploadCommand(upload))
}

async function stored({ client }: TestProcess, { Bucket, Key }: Begun): Promise<string | undefined> {
  const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }))
  return await Body?.transformToString()
}

test.each([
  ['complete', complete],
  ['abort', abort],
])('while one process completes an upload, another that is to %s it waits, and finds it gone', async (what, end) => {
  const [gate, second] = [createGate(), createGate()]
  await using one = await openProcess(database, folder, gate.before)
  await using two = await openProcess(database, folder, second.before)
  const upload = await begin(one, what)
  const parts = [await sendPart(two, upload, 1, 'hello')]
  await using listener = await listenForAsking(database)
  const completing = complete(one, upload, parts)
  await gate.reached
  const ending = end(two, upload, parts).catch((error: unknown) => error)
  const waits = listener.asked.then(() => 'waits')
  const first = await Promise.race([waits, second.reached, ending])
  second.open()
  gate.open()
  await completing
  expect([first, await ending]).toEqual(['waits', expect.objectContaining({ name: 'NoSuchUpload' })])
  expect(await stored(two, upload)).toBe('hello')
})

test.each([
  ['complete', complete],
  ['abort', abort],
])('while one process aborts an upload, another that is to %s it finds it gone', async (what, end) => {
  const gate = createGate()
  await using one = await openProcess(database, folder, gate.before)
  await using two = await openProcess(database, folder)
  const upload = await begin(one, `aborted, ${what}`)
  const parts = [await sendPart(two, upload, 1, 'hello')]
  const aborting = abort(one, upload)
  await gate.reached
  await expect(end(two, upload, parts)).rejects.toMatchObject(noSuchUpload)
  gate.open()
  await aborting
  await expect(stored(two, upload)).rejects.toMatchObject({ name: 'NoSuchKey' })
})

test('a part that still comes on one process when another has completed its upload is refused', async () => {
  await using one = await openProcess(database, folder)
  await using two = await openProcess(database, folder)
  const upload = await begin(one, 'late')
  const parts = [await sendPart(one, upload, 1, 'hello')]
  const [halfway, completed] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const Body = Readable.from(
    (async function* () {
      yield Buffer.alloc(300_000, 'a')
      halfway.resolve()
      await completed.promise
      yield Buffer.alloc(300_000, 'b')
    })(),
  )
  const late = two.client.send(new UploadPartCommand({ ...upload, PartNumber: 1, Body, ContentLength: 600_000 }))
  const refused = late.catch((error: unknown) => error)
  await halfway.promise
  await complete(one, upload, parts)
  completed.resolve()
  expect(await refused).toMatchObject(noSuchUpload)
  expect(await stored(two, upload)).toBe('hello')
})
