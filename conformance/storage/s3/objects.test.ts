import {
  CopyObjectCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { type RunningStack, startStack } from '../../running-stack.ts'
import { freshBucket, s3Client, serviceClient } from './s3-client.ts'

let stack: RunningStack
let client: S3Client
let Bucket: string

beforeAll(async () => {
  stack = await startStack({ empty: true })
  client = serviceClient(stack)
  Bucket = await freshBucket(client)
})

afterAll(async () => await stack[Symbol.asyncDispose]())

async function put(Key: string, Body = 'hello'): Promise<void> {
  await client.send(new PutObjectCommand({ Bucket, Key, Body, ContentType: 'text/plain' }))
}

async function textOf(Key: string): Promise<string | undefined> {
  const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }))
  return await Body?.transformToString()
}

test('an object that was put is what one gets', async () => {
  const place = { Bucket, Key: "notes/first (1)'s &=@:,$+.txt" }
  const wanted = { ContentType: 'text/plain', CacheControl: 'max-age=77', Metadata: { a: 'b', test2: 'c d' } }
  await client.send(new PutObjectCommand({ ...place, ...wanted, Body: 'hello' }))
  const got = await client.send(new GetObjectCommand(place))
  expect(await got.Body?.transformToString()).toBe('hello')
  expect(got).toMatchObject({ ...wanted, ContentLength: 5, ETag: '"5d41402abc4b2a76b9719d911017c592"' })
  expect(await client.send(new HeadObjectCommand(place))).toMatchObject({ ...wanted, ETag: got.ETag })
  expect((await client.send(new GetObjectTaggingCommand(place))).TagSet ?? []).toEqual([])
})

test('a stream of unknown checksum is put in chunks, with the checksum behind them', async () => {
  const Body = Readable.from([Buffer.alloc(100_000, 'a'), Buffer.alloc(100_000, 'b')])
  await client.send(new PutObjectCommand({ Bucket, Key: 'streamed', Body, ContentLength: 200_000 }))
  expect(await client.send(new HeadObjectCommand({ Bucket, Key: 'streamed' }))).toMatchObject({
    ContentLength: 200_000,
  })
})

test.each(['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256'] as const)(
  'the checksum %s is verified',
  async (algorithm) => {
    const place = { Bucket, Key: `sums/${algorithm}` }
    await client.send(new PutObjectCommand({ ...place, Body: 'hello', ChecksumAlgorithm: algorithm }))
    const wrong = {
      [`Checksum${algorithm}`]: Buffer.alloc({ CRC64NVME: 8, SHA1: 20, SHA256: 32 }[algorithm as 'SHA1'] ?? 4).toString(
        'base64',
      ),
    }
    await expect(client.send(new PutObjectCommand({ ...place, Body: 'other', ...wrong }))).rejects.toMatchObject({
      name: 'BadDigest',
    })
    expect(await textOf(place.Key)).toBe('hello')
  },
)

test('an object is put only where there is none, if that is asked', async () => {
  const place = { Bucket, Key: 'once', IfNoneMatch: '*' }
  await client.send(new PutObjectCommand({ ...place, Body: 'first' }))
  await expect(client.send(new PutObjectCommand({ ...place, Body: 'second' }))).rejects.toMatchObject({
    name: 'PreconditionFailed',
    $metadata: { httpStatusCode: 412 },
  })
  expect(await textOf('once')).toBe('first')
})

describe('a part of an object', () => {
  test.each([
    ['bytes=0-3', '0123', 'bytes 0-3/16'],
    ['bytes=4-', '456789abcdef', 'bytes 4-15/16'],
    ['bytes=-5', 'bcdef', 'bytes 11-15/16'],
  ])('is what %s asks for', async (Range, expected, ContentRange) => {
    await put('ranged', '0123456789abcdef')
    const got = await client.send(new GetObjectCommand({ Bucket, Key: 'ranged', Range }))
    expect(await got.Body?.transformToString()).toBe(expected)
    expect(got).toMatchObject({ ContentRange, $metadata: { httpStatusCode: 206 } })
  })

  test('that it does not have is refused', async () => {
    await put('ranged', '0123456789abcdef')
    const asked = new GetObjectCommand({ Bucket, Key: 'ranged', Range: 'bytes=16-' })
    await expect(client.send(asked)).rejects.toMatchObject({
      name: 'InvalidRange',
      $metadata: { httpStatusCode: 416 },
    })
  })
})

test('what a client has already is not sent again', async () => {
  await put('cached')
  const { ETag } = await client.send(new HeadObjectCommand({ Bucket, Key: 'cached' }))
  const asked = new GetObjectCommand({ Bucket, Key: 'cached', IfNoneMatch: ETag })
  await expect(client.send(asked)).rejects.toMatchObject({ $metadata: { httpStatusCode: 304 } })
  const other = new GetObjectCommand({ Bucket, Key: 'cached', IfMatch: '"other"' })
  await expect(client.send(other)).rejects.toMatchObject({ $metadata: { httpStatusCode: 412 } })
})

test('headers of the answer may be asked for, and a page stays inert all the same', async () => {
  await put('shown')
  const asked = {
    ResponseCacheControl: 'no-store',
    ResponseContentDisposition: 'attachment; filename="a.txt"',
    ResponseContentLanguage: 'en-US',
    ResponseExpires: new Date('2030-01-01T00:00:00Z'),
  }
  const got = await client.send(
    new GetObjectCommand({ Bucket, Key: 'shown', ...asked, ResponseContentType: 'text/html' }),
  )
  await got.Body?.transformToString()
  expect(got).toMatchObject({
    CacheControl: 'no-store',
    ContentDisposition: 'attachment; filename="a.txt"',
    ContentLanguage: 'en-US',
    ContentType: 'text/plain',
    ExpiresString: 'Tue, 01 Jan 2030 00:00:00 GMT',
  })
  const broken = { ResponseContentDisposition: 'a\r\nX-Evil: 1' }
  const without = await client.send(new GetObjectCommand({ Bucket, Key: 'shown', ...broken }))
  expect(await without.Body?.transformToString()).toBe('hello')
  expect(without.ContentDisposition).toBe(undefined)
})

test('what is not there is said so', async () => {
  const place = { Bucket, Key: 'nothing' }
  await expect(client.send(new GetObjectCommand(place))).rejects.toMatchObject({
    name: 'NoSuchKey',
    message: 'Object not found',
    $metadata: { httpStatusCode: 404 },
  })
  await expect(client.send(new HeadObjectCommand(place))).rejects.toMatchObject({ $metadata: { httpStatusCode: 404 } })
  await expect(client.send(new PutObjectCommand({ Bucket: 'nowhere', Key: 'a', Body: 'b' }))).rejects.toMatchObject({
    name: 'NoSuchBucket',
  })
  await expect(client.send(new PutObjectCommand({ Bucket, Key: 'a[]^|b', Body: 'b' }))).rejects.toMatchObject({
    name: 'InvalidKey',
    message: 'Invalid key: a[]^|b',
  })
})

test('a copy keeps what is said of its source, or has what the request says', async () => {
  const said = { ContentType: 'text/css', CacheControl: 'max-age=9', Metadata: { by: 'me' } }
  await client.send(new PutObjectCommand({ Bucket, Key: 'source (1)', Body: 'copied', ...said }))
  const CopySource = `${Bucket}/${encodeURIComponent('source (1)')}`
  const copied = await client.send(new CopyObjectCommand({ Bucket, Key: 'copy', CopySource }))
  expect(copied.CopyObjectResult?.ETag).toBe((await client.send(new HeadObjectCommand({ Bucket, Key: 'copy' }))).ETag)
  expect(await client.send(new HeadObjectCommand({ Bucket, Key: 'copy' }))).toMatchObject(said)
  const other = { ContentType: 'application/json', CacheControl: 'max-age=91', Metadata: { by: 'you' } }
  await client.send(new CopyObjectCommand({ Bucket, Key: 'copy', CopySource, MetadataDirective: 'REPLACE', ...other }))
  expect(await client.send(new HeadObjectCommand({ Bucket, Key: 'copy' }))).toMatchObject(other)
  expect(await textOf('copy')).toBe('copied')
  const stale = new CopyObjectCommand({ Bucket, Key: 'copy', CopySource, CopySourceIfMatch: '"other"' })
  await expect(client.send(stale)).rejects.toMatchObject({ $metadata: { httpStatusCode: 412 } })
  const missing = new CopyObjectCommand({ Bucket, Key: 'copy', CopySource: `${Bucket}/none` })
  await expect(client.send(missing)).rejects.toMatchObject({ name: 'NoSuchKey' })
})

test('objects are deleted one by one or many at once, and what is not there counts as deleted', async () => {
  for (const key of ['gone/1', 'gone/<2> & "3"'.replaceAll(/[<>"]/g, ''), 'gone/   ', 'gone/007']) await put(key)
  const one = await client.send(new DeleteObjectCommand({ Bucket, Key: 'gone/1' }))
  expect(one.$metadata.httpStatusCode).toBe(204)
  await client.send(new DeleteObjectCommand({ Bucket, Key: 'gone/1' }))
  const Objects = ['gone/2 & 3', 'gone/   ', 'gone/007', 'gone/never'].map((Key) => ({ Key }))
  const many = await client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }))
  expect(many.Deleted).toEqual(Objects)
  expect((await client.send(new ListObjectsV2Command({ Bucket, Prefix: 'gone/' }))).Contents).toBe(undefined)
  const quiet = await client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet: true } }))
  expect(quiet.Deleted).toBe(undefined)
  const nowhere = new DeleteObjectsCommand({ Bucket: 'nowhere', Delete: { Objects } })
  await expect(client.send(nowhere)).rejects.toMatchObject({ name: 'NoSuchBucket' })
  await expect(client.send(new DeleteObjectCommand({ Bucket: 'nowhere', Key: 'a' }))).rejects.toMatchObject({
    name: 'NoSuchBucket',
  })
})

test('a thousand keys are deleted at once, however long they are written', async () => {
  const Objects = Array.from({ length: 1000 }, (_, index) => ({ Key: `${index}`.padEnd(1024, '&') }))
  const { Deleted, Errors } = await client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }))
  expect([Deleted?.length, Errors]).toEqual([1000, undefined])
  const more = new DeleteObjectsCommand({ Bucket, Delete: { Objects: [...Objects, { Key: 'one more' }] } })
  await expect(client.send(more)).rejects.toMatchObject({ $metadata: { httpStatusCode: 400 } })
})

describe('a signed URL', () => {
  test('puts and gets an object, for whoever has it, until it is over', async () => {
    const place = { Bucket, Key: 'signed/up' }
    const up = await getSignedUrl(client, new PutObjectCommand(place), { expiresIn: 60 })
    const foreign = { authorization: 'Bearer something else' }
    expect((await fetch(up, { method: 'PUT', body: 'by URL', headers: foreign })).status).toBe(200)
    const down = await getSignedUrl(client, new GetObjectCommand({ ...place, ResponseContentType: 'text/x-mine' }))
    const got = await fetch(down, { headers: foreign })
    expect([await got.text(), got.headers.get('content-type')]).toEqual(['by URL', 'text/x-mine'])
    const signingDate = new Date(Date.now() - 61_000)
    const over = await fetch(await getSignedUrl(client, new GetObjectCommand(place), { expiresIn: 60, signingDate }))
    expect([over.status, await over.text()]).toEqual([400, expect.stringContaining('<Code>ExpiredToken</Code>')])
  })

  test('is good for nothing but what was signed', async () => {
    await put('signed/mine')
    await put('signed/other')
    const url = await getSignedUrl(client, new GetObjectCommand({ Bucket, Key: 'signed/mine' }))
    expect((await fetch(url.replace('mine', 'other'))).status).toBe(403)
    expect((await fetch(url, { method: 'DELETE' })).status).toBe(403)
    const up = await getSignedUrl(client, new PutObjectCommand({ Bucket, Key: 'signed/up' }))
    const stolen = await fetch(up, { method: 'PUT', headers: { 'x-amz-copy-source': `${Bucket}/signed/other` } })
    expect(stolen.headers.get('x-tenon-refusal')).toMatch(/^(s3|storage|postgres|token)\./)
    expect([stolen.status, await stolen.text()]).toEqual([403, expect.stringContaining('<Code>AccessDenied</Code>')])
  })
})

describe('refused is', () => {
  test('a wrong secret', async () => {
    const wrong = s3Client(stack, { accessKeyId: stack.line('S3_PROTOCOL_ACCESS_KEY_ID'), secretAccessKey: 'wrong' })
    await expect(wrong.send(new GetObjectCommand({ Bucket, Key: 'a' }))).rejects.toMatchObject({
      name: 'SignatureDoesNotMatch',
      $metadata: { httpStatusCode: 403 },
    })
  })

  test('an unknown key', async () => {
    const unknown = s3Client(stack, { accessKeyId: 'nobody', secretAccessKey: 'wrong' })
    await expect(unknown.send(new GetObjectCommand({ Bucket, Key: 'a' }))).rejects.toMatchObject({
      name: 'InvalidAccessKeyId',
    })
  })

  test('whoever does not sign', async () => {
    const answer = await fetch(`${stack.line('STORAGE_S3_URL')}/${Bucket}/a`, {
      headers: { authorization: 'Bearer x' },
    })
    expect([answer.status, await answer.text()]).toEqual([403, expect.stringContaining('<Code>AccessDenied</Code>')])
  })

  test('another spelling of the prefix, which would shift what the rest names', async () => {
    await put('signed/mine')
    const url = await getSignedUrl(client, new GetObjectCommand({ Bucket, Key: 'signed/mine' }))
    expect((await fetch(url.replace('/v1/s3/', '/v1/%733/'))).status).toBe(404)
  })
})
