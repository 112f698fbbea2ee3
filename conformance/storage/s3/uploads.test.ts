import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListPartsCommand,
  PutObjectCommand,
  type S3Client,
  UploadPartCommand,
  UploadPartCopyCommand,
} from '@aws-sdk/client-s3'
import { Upload } from '@aws-sdk/lib-storage'
import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { Client } from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'

import { type RunningStack, startStack } from '../../running-stack.ts'
import { freshBucket, serviceClient } from './s3-client.ts'

const MIB = 1024 * 1024
/** Lets nothing be put in place, as Postgres refuses what stands in another's way; asking is answered. */
const TEAR = `
  create function storage.tear() returns trigger language plpgsql as
    $$ begin raise exception 'could not serialize access' using errcode = '40001'; end $$;
  create trigger tear before insert on storage.objects for each row when (new.version is not null)
    execute function storage.tear()`

let stack: RunningStack
let client: S3Client
let Bucket: string

beforeAll(async () => {
  stack = await startStack({ empty: true })
  client = serviceClient(stack)
  Bucket = await freshBucket(client)
})

afterAll(async () => await stack[Symbol.asyncDispose]())

async function begin(Key: string, more: object = {}) {
  const asked = { Bucket, Key, ...more }
  const { UploadId } = await client.send(new CreateMultipartUploadCommand(asked))
  return { Bucket: asked.Bucket, Key, UploadId }
}

type Begun = Awaited<ReturnType<typeof begin>>

async function part(upload: Begun, PartNumber: number, Body: Buffer | string) {
  const { ETag } = await client.send(new UploadPartCommand({ ...upload, PartNumber, Body }))
  return { PartNumber, ETag }
}

async function complete(upload: Begun, Parts: { PartNumber: number; ETag: string | undefined }[]) {
  return await client.send(new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts } }))
}

/** As the owner of the tables. */
async function connect() {
  const database = new Client({ connectionString: stack.line('DB_URL'), options: '-c role=supabase_storage_admin' })
  await database.connect()
  return Object.assign(database, { [Symbol.asyncDispose]: async () => await database.end() })
}

test('lib-storage uploads a stream in parts, side by side, and it comes back whole', async () => {
  const bytes = Buffer.alloc(12.5 * MIB, 'The quick brown fox. ')
  const params = {
    Bucket,
    Key: 'large.bin',
    Body: Readable.from([bytes]),
    Metadata: { a: 'b' },
    ContentType: 'text/x-fox',
  }
  const done = await new Upload({ client, params, partSize: 5 * MIB, queueSize: 3 }).done()
  expect(done.ETag).toMatch(/^"[0-9a-f]{32}-3"$/)
  const got = await client.send(new GetObjectCommand({ Bucket, Key: 'large.bin' }))
  expect(got).toMatchObject({
    ETag: done.ETag,
    ContentLength: bytes.length,
    Metadata: { a: 'b' },
    ContentType: 'text/x-fox',
  })
  const digest = createHash('sha256')
    .update((await got.Body?.transformToByteArray()) ?? '')
    .digest('hex')
  expect(digest).toBe(createHash('sha256').update(bytes).digest('hex'))
})

describe('parts', () => {
  test('are listed page by page, the newest of each number', async () => {
    const upload = await begin('listed')
    await part(upload, 1, 'first try')
    const first = await part(upload, 1, 'first')
    const second = await part(upload, 2, 'second')
    const page = await client.send(new ListPartsCommand({ ...upload, MaxParts: 1 }))
    expect(page).toMatchObject({ IsTruncated: true, NextPartNumberMarker: '1', Parts: [{ ...first, Size: 5 }] })
    const rest = new ListPartsCommand({ ...upload, PartNumberMarker: page.NextPartNumberMarker })
    expect(await client.send(rest)).toMatchObject({ IsTruncated: false, Parts: [second] })
  })

  test('may be copied from objects, whole or in part', async () => {
    await client.send(new PutObjectCommand({ Bucket, Key: 'origin', Body: '0123456789abcdef' }))
    const upload = await begin('of copies')
    const source = { ...upload, CopySource: `${Bucket}/origin` }
    const copied = await client.send(
      new UploadPartCopyCommand({ ...source, PartNumber: 1, CopySourceRange: 'bytes=2-5' }),
    )
    const suffix = new UploadPartCopyCommand({ ...source, PartNumber: 2, CopySourceRange: 'bytes=-5' })
    await expect(client.send(suffix)).rejects.toMatchObject({ $metadata: { httpStatusCode: 400 } })
    await complete(upload, [{ PartNumber: 1, ETag: copied.CopyPartResult?.ETag }])
    const got = await client.send(new GetObjectCommand({ Bucket, Key: 'of copies' }))
    expect(await got.Body?.transformToString()).toBe('2345')
  })

  test('must be there, in order, and large enough to be more than one', async () => {
    const upload = await begin('strict')
    const parts = [await part(upload, 1, 'too small'), await part(upload, 2, 'the last')]
    await expect(complete(upload, parts)).rejects.toMatchObject({ name: 'EntityTooSmall' })
    await expect(complete(upload, parts.toReversed())).rejects.toMatchObject({ name: 'InvalidPartOrder' })
    await expect(complete(upload, [{ PartNumber: 3, ETag: '"x"' }])).rejects.toMatchObject({ name: 'InvalidPart' })
    await expect(complete(upload, [{ PartNumber: 1, ETag: '"x"' }])).rejects.toMatchObject({ name: 'InvalidPart' })
    await complete(upload, parts.slice(1))
    expect(await client.send(new HeadObjectCommand({ Bucket, Key: 'strict' }))).toMatchObject({ ContentLength: 8 })
  })
})

test('of two who complete the same upload at once one does, and the object is whole', async () => {
  const upload = await begin('twice')
  const parts = [await part(upload, 1, 'only once')]
  const ended = await Promise.allSettled([complete(upload, parts), complete(upload, parts)])
  const refused = ended.filter(({ status }) => status === 'rejected')
  expect(refused).toMatchObject([{ reason: { name: 'NoSuchUpload' } }])
  const got = await client.send(new GetObjectCommand({ Bucket, Key: 'twice' }))
  expect(await got.Body?.transformToString()).toBe('only once')
})

test('an upload whose end nobody heard of ends once more, and the object is whole', async () => {
  const upload = await begin('again')
  const parts = [await part(upload, 1, 'only once')]
  await using database = await connect()
  const { rows } = await database.query('select * from storage.s3_multipart_uploads where id = $1', [upload.UploadId])
  const { ETag } = await complete(upload, parts)
  // As a server leaves it that ends between the object and this row.
  await database.query(
    'insert into storage.s3_multipart_uploads select * from json_populate_record(null::storage.s3_multipart_uploads, $1)',
    [JSON.stringify(rows[0])],
  )
  expect(await complete(upload, parts)).toMatchObject({ ETag })
  const got = await client.send(new GetObjectCommand({ Bucket, Key: 'again' }))
  expect(await got.Body?.transformToString()).toBe('only once')
  await expect(complete(upload, parts)).rejects.toMatchObject({ name: 'NoSuchUpload' })
})

test('an upload that the database did not put in place is completed by the same request said again', async () => {
  const upload = await begin('torn')
  const parts = [await part(upload, 1, Buffer.alloc(5 * MIB, 'a')), await part(upload, 2, 'end')]
  await using database = await connect()
  await database.query(TEAR)
  const refused = complete(upload, parts)
  await expect(refused).rejects.toMatchObject({ $metadata: { httpStatusCode: 500 } })
  await database.query('drop function storage.tear cascade')
  await complete(upload, parts)
  const { ContentLength } = await client.send(new HeadObjectCommand({ Bucket, Key: 'torn' }))
  expect(ContentLength).toBe(5 * MIB + 3)
})

describe('a bucket that takes pictures alone', () => {
  const page = '<!doctype html><script>1</script>'
  const picture = { Bucket: 'pictures', Key: 'a.png', ContentType: 'image/png' }
  const refused = { name: 'InvalidMimeType', $metadata: { httpStatusCode: 415 } }
  beforeAll(async () => {
    await using database = await connect()
    await database.query(
      `insert into storage.buckets (id, name, allowed_mime_types) values ('pictures', 'pictures', '{image/*}')`,
    )
  })

  test('takes no page that is said to be one, in a piece, in parts, or as a copy', async () => {
    await expect(client.send(new PutObjectCommand({ ...picture, Body: page }))).rejects.toMatchObject(refused)
    const { UploadId } = await client.send(new CreateMultipartUploadCommand(picture))
    const upload = { Bucket: 'pictures', Key: 'a.png', UploadId }
    await expect(complete(upload, [await part(upload, 1, page)])).rejects.toMatchObject(refused)
    await expect(client.send(new ListPartsCommand(upload))).rejects.toMatchObject({ name: 'NoSuchUpload' })
    await client.send(new PutObjectCommand({ Bucket, Key: 'page.html', Body: page, ContentType: 'text/html' }))
    const copy = { ...picture, CopySource: `${Bucket}/page.html`, MetadataDirective: 'REPLACE' } as const
    await expect(client.send(new CopyObjectCommand(copy))).rejects.toMatchObject(refused)
    await expect(client.send(new HeadObjectCommand({ Bucket: 'pictures', Key: 'a.png' }))).rejects.toMatchObject({
      $metadata: { httpStatusCode: 404 },
    })
  })

  test('takes what is one, or cannot be told', async () => {
    const bytes = Buffer.from('89504e470d0a1a0a0000000d49484452000000010000000108020000009077', 'hex')
    await client.send(new PutObjectCommand({ ...picture, Body: bytes }))
    expect(await client.send(new HeadObjectCommand({ Bucket: 'pictures', Key: 'a.png' }))).toMatchObject({
      ContentLength: bytes.length,
    })
  })
})

describe('a bucket with a quota', () => {
  const refused = { $metadata: { httpStatusCode: 413 }, Code: 'QuotaReached' }
  let full: string
  const setQuota = async (bytes: number): Promise<void> => {
    await using database = await connect()
    await database.query('update storage.buckets set quota = $1 where id = $2', [bytes, full])
  }
  beforeEach(async () => {
    full = await freshBucket(client)
    await setQuota(10)
  })

  test('counts parts that came, until their upload is aborted', async () => {
    const [first, second] = [await begin('first', { Bucket: full }), await begin('second', { Bucket: full })]
    await part(first, 1, '7 bytes')
    await expect(part(second, 1, 'four')).rejects.toMatchObject(refused)
    const whole = new PutObjectCommand({ Bucket: full, Key: 'whole', Body: 'four' })
    await expect(client.send(whole)).rejects.toMatchObject(refused)
    await client.send(new AbortMultipartUploadCommand(first))
    await complete(second, [await part(second, 1, 'all of it.')])
  })

  test('counts a part that is sent again by what it adds', async () => {
    const upload = await begin('again', { Bucket: full })
    await part(upload, 1, '7 bytes')
    await expect(part(upload, 1, 'more than 10')).rejects.toMatchObject(refused)
    const parts = [await part(upload, 1, 'ten bytes.')]
    await expect(part(upload, 2, '+')).rejects.toMatchObject(refused)
    await complete(upload, parts)
  })

  test('refuses both of two uploads that need more than is left, and takes one once the other is aborted', async () => {
    const [first, second] = [await begin('first', { Bucket: full }), await begin('second', { Bucket: full })]
    const begun = [await part(first, 1, 'five1'), await part(second, 1, 'five2')]
    for (const upload of [first, second]) await expect(part(upload, 1, 'all of it.')).rejects.toMatchObject(refused)
    await client.send(new AbortMultipartUploadCommand(second))
    await expect(complete(second, begun.slice(1))).rejects.toMatchObject({ name: 'NoSuchUpload' })
    await complete(first, [await part(first, 1, 'all of it.')])
  })

  test('that does not take an upload at its end leaves it as it is, to be completed or aborted', async () => {
    const [first, second] = [await begin('first', { Bucket: full }), await begin('second', { Bucket: full })]
    const begun = [await part(first, 1, 'five1'), await part(second, 1, 'five2')]
    await setQuota(4)
    await expect(complete(first, begun.slice(0, 1))).rejects.toMatchObject(refused)
    await expect(complete(second, begun.slice(1))).rejects.toMatchObject(refused)
    await client.send(new AbortMultipartUploadCommand(second))
    const listed = await client.send(new ListPartsCommand(first))
    expect(listed.Parts).toMatchObject([{ PartNumber: 1, Size: 5 }])
    await setQuota(5)
    await complete(first, begun.slice(0, 1))
    const got = await client.send(new GetObjectCommand({ Bucket: full, Key: 'first' }))
    expect(await got.Body?.transformToString()).toBe('five1')
  })
})

test('of an upload that is not there the list of parts is not even read', async () => {
  const never = { Bucket, Key: 'never', UploadId: 'none' }
  await expect(complete(never, [{ PartNumber: 20_000, ETag: 'no part has this number' }])).rejects.toMatchObject({
    name: 'NoSuchUpload',
  })
})

test('an aborted upload is gone, and its parts with it', async () => {
  const upload = await begin('aborted')
  const parts = [await part(upload, 1, 'for nothing')]
  const aborted = await client.send(new AbortMultipartUploadCommand(upload))
  expect(aborted.$metadata.httpStatusCode).toBe(204)
  const noSuchUpload = { name: 'NoSuchUpload', message: 'Upload not found', $metadata: { httpStatusCode: 404 } }
  await expect(complete(upload, parts)).rejects.toMatchObject(noSuchUpload)
  await expect(part(upload, 2, 'late')).rejects.toMatchObject(noSuchUpload)
  await expect(client.send(new ListPartsCommand(upload))).rejects.toMatchObject(noSuchUpload)
  await expect(client.send(new AbortMultipartUploadCommand(upload))).rejects.toMatchObject(noSuchUpload)
})

test('a part that is still coming when its upload is aborted is refused', async () => {
  const upload = await begin('aborted meanwhile')
  const { promise: halfway, resolve: tell } = Promise.withResolvers<void>()
  const { promise: aborted, resolve: goOn } = Promise.withResolvers<void>()
  const Body = Readable.from(
    (async function* () {
      yield Buffer.alloc(300_000, 'a')
      tell()
      await aborted
      yield Buffer.alloc(300_000, 'b')
    })(),
  )
  const sent = client.send(new UploadPartCommand({ ...upload, PartNumber: 1, Body, ContentLength: 600_000 }))
  const refused = sent.catch((error: unknown) => error)
  await halfway
  await client.send(new AbortMultipartUploadCommand(upload))
  goOn()
  expect(await refused).toMatchObject({ name: 'NoSuchUpload' })
})

describe('uploads on their way', () => {
  test('are listed in the order of their names, page by page, those beneath a folder as one', async () => {
    const bucket = await freshBucket(client)
    for (const Key of ['b', 'a/2', 'a/1', 'c'])
      await client.send(new CreateMultipartUploadCommand({ Bucket: bucket, Key }))
    const all = await client.send(new ListMultipartUploadsCommand({ Bucket: bucket }))
    expect(all.Uploads?.map(({ Key }) => Key)).toEqual(['a/1', 'a/2', 'b', 'c'])
    expect(all.IsTruncated).toBe(false)
    const seen: (string | undefined)[] = []
    let page = await client.send(new ListMultipartUploadsCommand({ Bucket: bucket, Delimiter: '/', MaxUploads: 1 }))
    for (;;) {
      seen.push(
        ...(page.CommonPrefixes ?? []).map(({ Prefix }) => Prefix),
        ...(page.Uploads ?? []).map(({ Key }) => Key),
      )
      if (page.IsTruncated !== true) break
      const next = { KeyMarker: page.NextKeyMarker, UploadIdMarker: page.NextUploadIdMarker }
      page = await client.send(
        new ListMultipartUploadsCommand({ Bucket: bucket, Delimiter: '/', MaxUploads: 1, ...next }),
      )
    }
    expect(seen).toEqual(['a/', 'b', 'c'])
    const literal = await client.send(new ListMultipartUploadsCommand({ Bucket: bucket, Prefix: 'a%' }))
    expect(literal.Uploads).toBe(undefined)
  })

  test('of one name are paged by their ids', async () => {
    const bucket = await freshBucket(client)
    for (let count = 0; count < 3; count += 1)
      await client.send(new CreateMultipartUploadCommand({ Bucket: bucket, Key: 'same' }))
    const first = await client.send(new ListMultipartUploadsCommand({ Bucket: bucket, MaxUploads: 2 }))
    const next = { KeyMarker: first.NextKeyMarker, UploadIdMarker: first.NextUploadIdMarker }
    const second = await client.send(new ListMultipartUploadsCommand({ Bucket: bucket, ...next }))
    const ids = [...(first.Uploads ?? []), ...(second.Uploads ?? [])].map(({ UploadId }) => UploadId)
    expect(new Set(ids).size).toBe(3)
    expect(ids).toHaveLength(3)
  })
})
