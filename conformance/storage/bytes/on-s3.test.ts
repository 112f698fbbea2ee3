// A whole server whose bytes are in an S3 store: begun before the store is there, and then used through the official clients
// of each of its protocols.

import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'

import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3'
import { Upload as PartUpload } from '@aws-sdk/lib-storage'
import { createClient, type SupabaseClient } from '@supabase/supabase-js'
import sharp from 'sharp'
import { Upload } from 'tus-js-client'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { startS3rver, type TestS3 } from '../../../packages/server/src/storage/blobs/s3/s3rver.test-support.ts'
import { freePorts, type RunningStack, startStack, tenon } from '../../running-stack.ts'
import { serviceClient } from '../s3/s3-client.ts'

const MEBIBYTE = 1024 * 1024
const large = randomBytes(12 * MEBIBYTE)

let port: number
let folder: string
let stack: RunningStack
let service: SupabaseClient
let files: ReturnType<SupabaseClient['storage']['from']>
let s3: S3Client
let store: TestS3 | undefined

beforeAll(async () => {
  const [free = 0] = await freePorts(1)
  port = free
  folder = mkdtempSync(join(tmpdir(), 'tenon-on-s3-'))
  mkdirSync(join(folder, 'supabase'))
  writeFileSync(join(folder, 'supabase', 'config.toml'), configuration(port))
  stack = await startStack({ folder })
  service = createClient(stack.line('API_URL'), stack.line('SECRET_KEY'))
  files = service.storage.from('files')
  s3 = serviceClient(stack)
})
afterAll(async () => {
  s3.destroy()
  await stack[Symbol.asyncDispose]()
  rmSync(folder, { recursive: true })
  await store?.[Symbol.asyncDispose]()
})

function configuration(storePort: number): string {
  return `
    [storage.s3]
    enabled = true
    endpoint = "http://127.0.0.1:${storePort}"
    bucket = "tenon"
    prefix = "blobs/"
    access_key_id = "S3RVER"
    secret_access_key = "S3RVER"`
}

async function stored(name: string): Promise<Buffer> {
  const { data, error } = await files.download(name)
  expect(error).toBeNull()
  return Buffer.from((await data?.arrayBuffer()) ?? new ArrayBuffer())
}

test('a server starts while its store is away, says so, and its other doors work', async () => {
  expect(stack.output()).toContain(
    'Storage: The store of the bytes does not answer. See whether [storage.s3] endpoint is right and up.',
  )
  const rest = await fetch(`${stack.line('API_URL')}/rest/v1/`, { headers: { apikey: stack.line('SECRET_KEY') } })
  expect(rest.status).toBe(200)
  expect((await service.storage.createBucket('files', { public: true })).error).toBeNull()
  const { error } = await files.upload('early.txt', 'too early')
  expect(error).toMatchObject({ statusCode: '500', message: 'The store of the bytes does not answer' })
  expect((await files.list()).data).toEqual([])
})

test('what is uploaded once the store is there comes back, whole and in part', async () => {
  store = await startS3rver(port)
  expect((await files.upload('small.txt', 'hello', { contentType: 'text/plain' })).error).toBeNull()
  expect((await files.upload('large.bin', large)).error).toBeNull()
  expect((await stored('small.txt')).toString()).toBe('hello')
  expect((await stored('large.bin')).equals(large)).toBe(true)
  const { publicUrl } = files.getPublicUrl('large.bin').data
  const part = await fetch(publicUrl, { headers: { range: 'bytes=6000000-6000009' } })
  expect([part.status, part.headers.get('content-range')]).toEqual([206, `bytes 6000000-6000009/${large.length}`])
  expect(Buffer.from(await part.arrayBuffer()).equals(large.subarray(6_000_000, 6_000_010))).toBe(true)
})

test('objects are replaced, copied, moved and removed', async () => {
  expect((await files.upload('small.txt', 'replaced', { upsert: true })).error).toBeNull()
  expect((await files.copy('small.txt', 'copies/small.txt')).error).toBeNull()
  expect((await files.copy('large.bin', 'copies/large.bin')).error).toBeNull()
  expect((await files.move('copies/small.txt', 'moved.txt')).error).toBeNull()
  expect((await files.remove(['small.txt', 'large.bin'])).data).toHaveLength(2)
  expect((await files.download('small.txt')).error).toMatchObject({ status: 400 })
  expect((await stored('moved.txt')).toString()).toBe('replaced')
  expect((await stored('copies/large.bin')).equals(large)).toBe(true)
})

test('a resumable upload goes on where it was broken off', async () => {
  const options = {
    endpoint: `${stack.line('API_URL')}/storage/v1/upload/resumable`,
    headers: { authorization: `Bearer ${stack.line('SERVICE_ROLE_KEY')}` },
    chunkSize: 6 * MEBIBYTE,
    retryDelays: null,
    metadata: { bucketName: 'files', objectName: 'resumed.bin', contentType: 'video/mp4' },
  }
  const uploadUrl = await new Promise<string | null>((resolve, reject) => {
    const upload = new Upload(large, {
      ...options,
      onError: reject,
      onChunkComplete: () => void upload.abort().then(() => resolve(upload.url), reject),
    })
    upload.start()
  })
  await new Promise<void>((resolve, reject) => {
    new Upload(large, { ...options, uploadUrl, onError: reject, onSuccess: () => resolve() }).start()
  })
  expect((await stored('resumed.bin')).equals(large)).toBe(true)
})

test('an upload in parts comes through the S3 protocol, and goes', async () => {
  const params = { Bucket: 'files', Key: 'parts.bin', Body: Readable.from([large]) }
  const uploaded = await new PartUpload({ client: s3, params, partSize: 5 * MEBIBYTE }).done()
  expect(uploaded.ETag).toMatch(/^"[0-9a-f]{32}-3"$/)
  const got = await s3.send(new GetObjectCommand({ Bucket: 'files', Key: 'parts.bin', Range: 'bytes=5242870-5242889' }))
  const bytes = Buffer.from((await got.Body?.transformToByteArray()) ?? [])
  expect(bytes.equals(large.subarray(5_242_870, 5_242_890))).toBe(true)
  expect((await stored('parts.bin')).equals(large)).toBe(true)
})

test('images are rendered from it', async () => {
  const photo = await sharp({ create: { width: 400, height: 200, channels: 3, background: 'teal' } })
    .png()
    .toBuffer()
  expect((await files.upload('photo.png', photo, { contentType: 'image/png' })).error).toBeNull()
  const { data } = await files.download('photo.png', { transform: { width: 100, height: 50 } })
  const image = await sharp(Buffer.from((await data?.arrayBuffer()) ?? new ArrayBuffer())).metadata()
  expect([image.width, image.height]).toEqual([100, 50])
})

test('in the end every object has its bytes, and all bytes an object', async () => {
  const { stdout } = await tenon(stack.folder, 'doctor', 'storage', '--deep', '--age', '0')
  expect(stdout).toBe('5 objects and 5 blobs looked at: all is well.\n')
})

test('a store that goes away is told of as such, and no row goes with it', async () => {
  await store?.[Symbol.asyncDispose]()
  store = undefined
  const { error } = await files.download('moved.txt')
  expect(error).toMatchObject({ status: 500 })
  expect((await files.remove(['photo.png'])).data).toHaveLength(1)
  const repairing = tenon(stack.folder, 'doctor', 'storage', '--repair', '--age', '0')
  await expect(repairing).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringContaining('The store of the bytes does not answer'),
  })
  expect((await files.list()).data?.map(({ name }) => name)).toEqual([
    'copies',
    'moved.txt',
    'parts.bin',
    'resumed.bin',
  ])
})
