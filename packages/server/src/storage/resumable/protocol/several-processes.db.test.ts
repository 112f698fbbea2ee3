// The protocol's server as several processes run it over one database and one place of bytes, for both drivers.

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { createTestDatabase, type TestDatabase } from '@tenon/testing'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { type OpenDatabase, openDatabase } from '../../../database/pipeline/open-database.ts'
import { openSessionLocks, type SessionLocks } from '../../../database/pool/session-locks.ts'
import type { Caller } from '../../access/caller.ts'
import { storageDatabase } from '../../access/storage-database.ts'
import { type BlobId, blobId, type Blobs, newBlobId } from '../../blobs/blobs.ts'
import { md5, readAll, someBytes } from '../../blobs/contract/bytes.test-support.ts'
import { openFiles } from '../../blobs/files/open-files.ts'
import { openGrowingFiles } from '../../blobs/files/resumable/open-growing-files.ts'
import type { GrowingBlobs } from '../../blobs/growing-blobs.ts'
import { openS3 } from '../../blobs/s3/open-s3.ts'
import { openGrowingObjects } from '../../blobs/s3/resumable/open-growing-objects.ts'
import { startS3rver, type TestS3 } from '../../blobs/s3/s3rver.test-support.ts'
import type { StorageConfig } from '../../config.ts'
import { createUploads } from '../../objects/placing/create-uploads.ts'
import { createSignedTokens } from '../../signed/create-signed-tokens.ts'
import { resumableUploads } from '../rows/resumable-uploads.ts'
import type { Asked } from './asked.ts'
import { createTusServer, type TusServer } from './create-tus-server.ts'

const MEBIBYTE = 1024 * 1024
const ENDPOINT = 'http://localhost/upload/resumable'

/** Lets nothing be put in place, as Postgres refuses what stands in another's way; asking is answered. */
const TEAR = `
  create function storage.tear() returns trigger language plpgsql as
    $$ begin raise exception 'could not serialize access' using errcode = '40001'; end $$;
  create trigger tear before insert on storage.objects for each row when (new.version is not null)
    execute function storage.tear()`

interface Place {
  readonly blobs: Blobs
  readonly growing: GrowingBlobs & { close(): Promise<void> }
}

let database: TestDatabase
let pool: OpenDatabase
let folder: string
let s3: TestS3
const opened: { close(): Promise<void> }[] = []

beforeAll(async () => {
  database = await createTestDatabase()
  pool = openDatabase({ url: database.url('supabase_storage_admin'), size: 6 })
  folder = await mkdtemp(join(tmpdir(), 'tenon-tus-'))
  s3 = await startS3rver()
  await database.query(`insert into storage.buckets (id, name) values ('b', 'b')`, 'supabase_storage_admin')
})
afterAll(async () => {
  for (const each of opened) await each.close()
  await pool.close()
  await database.drop()
  await s3[Symbol.asyncDispose]()
  await rm(folder, { recursive: true, force: true })
})

async function openPlace(kind: 'files' | 's3'): Promise<Place> {
  return kind === 'files'
    ? { blobs: await openFiles(folder), growing: await openGrowingFiles(folder) }
    : { blobs: openS3(s3.config), growing: openGrowingObjects(s3.config) }
}

/** As another process would: nothing is shared but what is outside of it. */
async function openProcess(kind: 'files' | 's3'): Promise<{ server: TusServer; blobs: Blobs }> {
  const { blobs, growing } = await openPlace(kind)
  const locks: SessionLocks = openSessionLocks({ url: database.url('supabase_storage_admin'), channel: 'test_tus' })
  opened.push(locks, growing, blobs)
  const config = { fileSizeLimit: 100 * MEBIBYTE, uploadExpiry: 3600 } as StorageConfig
  const storage = storageDatabase(pool)
  const log = pino({ level: 'silent' })
  const uploads = createUploads({ config, database: storage, blobs, log })
  const deps = { config, blobs, growing, locks, log, uploads, signed: createSignedTokens('secret') }
  const paths = { session: '/upload/resumable', signed: '/upload/resumable/sign' }
  return { server: createTusServer({ ...deps, rows: resumableUploads(storage) }, paths), blobs }
}

const identity = { role: 'service_role', subject: null, claimsJson: '{"role":"service_role"}' } as Caller['identity']
const caller: Caller = { identity, token: '', method: 'POST', path: '/', headersJson: '{}' }

async function ask(
  { server }: { server: TusServer },
  method: string,
  url: string,
  headers: Record<string, string>,
  body?: Buffer | ReadableStream,
): Promise<Response> {
  const given = { 'tus-resumable': '1.0.0', host: 'localhost', ...headers }
  const asked: Asked = {
    shown: { kind: 'caller', caller },
    headers: given,
    claims: null,
    proto: 'http',
    upload: null,
    limit: null,
    refused: null,
    fault: null,
  }
  const sent =
    body === undefined
      ? {}
      : { body: body instanceof ReadableStream ? body : new Uint8Array(body), duplex: 'half' as const }
  return await server.handle(new Request(url, { method, headers: given, ...sent }), asked)
}

const piece = (offset: number): Record<string, string> => ({
  'content-type': 'application/offset+octet-stream',
  'upload-offset': `${offset}`,
})

async function begin(process: { server: TusServer }, name: string, size: number): Promise<string> {
  const metadata = `bucketName ${Buffer.from('b').toString('base64')},objectName ${Buffer.from(name).toString('base64')}`
  const begun = await ask(process, 'POST', ENDPOINT, { 'upload-length': `${size}`, 'upload-metadata': metadata })
  expect(begun.status).toBe(201)
  return begun.headers.get('location') ?? ''
}

async function versionOf(name: string): Promise<BlobId> {
  const rows = await database.query(
    `select version from storage.objects where name = '${name}'`,
    'supabase_storage_admin',
  )
  expect(rows).toHaveLength(1)
  return blobId(String(rows[0]?.['version'])) ?? newBlobId()
}

describe.each(['files', 's3'] as const)('uploads over several processes, with bytes in %s', (kind) => {
  test('each piece may come to another process', async () => {
    const [one, two] = [await openProcess(kind), await openProcess(kind)]
    const bytes = someBytes(13 * MEBIBYTE)
    const url = await begin(one, `pieces-${kind}`, bytes.length)
    for (const [index, process] of [two, one, two].entries()) {
      const offset = index * 6 * MEBIBYTE
      const found = await ask(process, 'HEAD', url, {})
      expect(found.headers.get('upload-offset')).toBe(`${offset}`)
      const sent = await ask(process, 'PATCH', url, piece(offset), bytes.subarray(offset, offset + 6 * MEBIBYTE))
      expect(sent.status).toBe(204)
    }
    const stored = await readAll(one.blobs, await versionOf(`pieces-${kind}`))
    expect(md5(stored ?? Buffer.alloc(0))).toBe(md5(bytes))
  })

  test('a writer that has gone silent on one process gives way on another, and what it brought is kept', async () => {
    const [one, two] = [await openProcess(kind), await openProcess(kind)]
    const url = await begin(one, `silent-${kind}`, 10)
    const silent = Promise.withResolvers<void>()
    const body = new ReadableStream({
      start: (controller) => controller.enqueue(new TextEncoder().encode('hello')),
      pull: () => new Promise(() => silent.resolve()),
    })
    const stuck = ask(one, 'PATCH', url, piece(0), body)
    await silent.promise
    const found = await ask(two, 'HEAD', url, {})
    expect([found.status, found.headers.get('upload-offset')]).toEqual([200, '5'])
    expect((await ask(two, 'PATCH', url, piece(5), Buffer.from('world'))).headers.get('tus-complete')).toBe('1')
    expect((await stuck).headers.get('connection')).toBe('close')
    const stored = await readAll(one.blobs, await versionOf(`silent-${kind}`))
    expect(stored?.toString()).toBe('helloworld')
  })

  test('what the database did not take at the end is put in place once its client asks for it again', async () => {
    const process = await openProcess(kind)
    const url = await begin(process, `torn-${kind}`, 5)
    await database.query(TEAR, 'supabase_storage_admin')
    const sent = await ask(process, 'PATCH', url, piece(0), Buffer.from('hello'))
    const asked = await ask(process, 'HEAD', url, {})
    await database.query('drop function storage.tear cascade', 'supabase_storage_admin')
    expect([sent.status, asked.status]).toEqual([500, 500])
    const found = await ask(process, 'HEAD', url, {})
    expect([found.status, found.headers.get('upload-offset')]).toEqual([200, '5'])
    expect((await readAll(process.blobs, await versionOf(`torn-${kind}`)))?.toString()).toBe('hello')
  })

  test('an object is put in place once, however many ask', async () => {
    const [one, two] = [await openProcess(kind), await openProcess(kind)]
    const url = await begin(one, `once-${kind}`, 5)
    const answers = await Promise.all([
      ask(one, 'PATCH', url, piece(0), Buffer.from('hello')),
      ask(two, 'PATCH', url, piece(0), Buffer.from('hello')),
    ])
    expect(answers.filter(({ headers }) => headers.get('tus-complete') === '1')).toHaveLength(1)
    const heads = await Promise.all([one, two, one, two].map(async (process) => await ask(process, 'HEAD', url, {})))
    expect(heads.map((head) => head.headers.get('upload-offset'))).toEqual(['5', '5', '5', '5'])
    const version = await versionOf(`once-${kind}`)
    expect((await readAll(two.blobs, version))?.toString()).toBe('hello')
  })
})
