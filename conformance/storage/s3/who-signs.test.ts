import { createHash, createHmac } from 'node:crypto'

import {
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  ListPartsCommand,
  PutObjectCommand,
  type S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3'
import { createClerkClient } from '@clerk/backend'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { tokenOf } from '../../realtime/token-of.ts'
import { type RunningStack, startStack } from '../../running-stack.ts'
import { freshBucket, s3Client, serviceClient, userClient } from './s3-client.ts'

/** Each user has a folder of her own; who may read may not delete what is kept. */
const POLICIES = `
create policy own_folder on storage.objects for all to authenticated
  using ((storage.foldername(name))[1] = (select auth.jwt() ->> 'sub'))
  with check ((storage.foldername(name))[1] = (select auth.jwt() ->> 'sub'));
create policy kept on storage.objects as restrictive for delete to authenticated using (name not like '%/kept');
`

let stack: RunningStack
let service: S3Client
let Bucket: string

beforeAll(async () => {
  stack = await startStack({ files: { 'supabase/migrations/20991231000000_files.sql': POLICIES } })
  service = serviceClient(stack)
  Bucket = await freshBucket(service)
})

afterAll(async () => await stack[Symbol.asyncDispose]())

async function put(client: S3Client, Key: string): Promise<void> {
  await client.send(new PutObjectCommand({ Bucket, Key, Body: Key }))
}

async function listed(client: S3Client): Promise<(string | undefined)[]> {
  const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket }))
  return Contents.map(({ Key }) => Key)
}

const denied = { name: 'AccessDenied', $metadata: { httpStatusCode: 403 } }

describe('with a session token', () => {
  test('the policies decide for the user whom it names, in every command', async () => {
    const ann = userClient(stack, await tokenOf(stack, { sub: 'ann' }))
    const bob = userClient(stack, await tokenOf(stack, { sub: 'bob' }))
    await put(ann, 'ann/a')
    await put(bob, 'bob/b')
    await expect(put(bob, 'ann/b')).rejects.toMatchObject(denied)
    expect([await listed(ann), await listed(bob)]).toEqual([['ann/a'], ['bob/b']])
    const asked = { Bucket, Key: 'ann/a' }
    await expect(bob.send(new GetObjectCommand(asked))).rejects.toMatchObject({ name: 'NoSuchKey' })
    const copy = new CopyObjectCommand({ Bucket, Key: 'bob/copy', CopySource: `${Bucket}/ann/a` })
    await expect(bob.send(copy)).rejects.toMatchObject({ name: 'NoSuchKey' })
    await expect(bob.send(new CreateMultipartUploadCommand(asked))).rejects.toMatchObject(denied)
    const { UploadId } = await ann.send(new CreateMultipartUploadCommand(asked))
    const part = new UploadPartCommand({ ...asked, UploadId, PartNumber: 1, Body: 'b' })
    await expect(bob.send(part)).rejects.toMatchObject(denied)
    await expect(ann.send(new ListPartsCommand({ ...asked, UploadId }))).resolves.toMatchObject({ UploadId })
    await expect(bob.send(new ListPartsCommand({ ...asked, UploadId }))).rejects.toMatchObject({ name: 'NoSuchUpload' })
  })

  test('what the policies keep is named where many are deleted', async () => {
    const ann = userClient(stack, await tokenOf(stack, { sub: 'ann' }))
    await put(ann, 'ann/kept')
    await put(ann, 'ann/gone')
    await put(service, 'zoe/hidden')
    const Objects = ['ann/kept', 'ann/gone', 'ann/never', 'zoe/hidden'].map((Key) => ({ Key }))
    const { Deleted, Errors } = await ann.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }))
    // Of what she does not see she does not learn that it is there.
    expect(Deleted).toEqual([{ Key: 'ann/gone' }, { Key: 'ann/never' }, { Key: 'zoe/hidden' }])
    await expect(service.send(new HeadObjectCommand({ Bucket, Key: 'zoe/hidden' }))).resolves.toBeDefined()
    expect(Errors).toEqual([{ Key: 'ann/kept', Code: 'AccessDenied', Message: 'Access Denied' }])
  })

  test('of a session with Clerk the user is the one that Clerk knows', async () => {
    const clerk = createClerkClient({ secretKey: stack.line('CLERK_SECRET_KEY'), apiUrl: stack.line('CLERK_API_URL') })
    const user = await clerk.users.createUser({ emailAddress: ['s3@example.com'], skipPasswordRequirement: true })
    const session = await clerk.sessions.createSession({ userId: user.id })
    const { jwt } = await clerk.sessions.getToken(session.id)
    const client = userClient(stack, jwt)
    await put(client, `${user.id}/mine`)
    expect(await listed(client)).toEqual([`${user.id}/mine`])
  })

  test.each([
    ['that another secret signed', async () => `${await tokenOf(stack, { sub: 'ann' })}x`],
    ['that is none', async () => 'hello'],
  ])('one %s is refused', async (_what, token) => {
    const client = userClient(stack, await token())
    await expect(client.send(new GetObjectCommand({ Bucket, Key: 'ann/a' }))).rejects.toMatchObject(denied)
  })

  test('the public key of the project signs, and no other', async () => {
    const sessionToken = await tokenOf(stack, { sub: 'ann' })
    const asked = new ListObjectsV2Command({ Bucket })
    const wrong = s3Client(stack, { accessKeyId: 'stub', secretAccessKey: 'wrong', sessionToken })
    await expect(wrong.send(asked)).rejects.toMatchObject({ name: 'SignatureDoesNotMatch' })
    const other = s3Client(stack, { accessKeyId: 'other', secretAccessKey: stack.line('ANON_KEY'), sessionToken })
    await expect(other.send(asked)).rejects.toMatchObject({ name: 'InvalidAccessKeyId' })
    const publishable = stack.line('PUBLISHABLE_KEY')
    const good = s3Client(stack, { accessKeyId: 'stub', secretAccessKey: publishable, sessionToken })
    await expect(good.send(asked)).resolves.toMatchObject({ Name: Bucket })
  })
})

test('the static pair passes by all policies', async () => {
  await put(service, 'anybody/file')
  expect(await listed(service)).toContain('anybody/file')
})

describe('a form with a signed policy', () => {
  test('uploads what the policy allows, and nothing else', async () => {
    const conditions = [
      { bucket: Bucket },
      ['starts-with', '$key', 'forms/'],
      { 'content-type': 'text/plain' },
      ['starts-with', '$x-amz-meta-by', ''],
      ['content-length-range', 1, 10],
    ]
    const fields = { key: 'forms/${filename}', 'Content-Type': 'text/plain', 'X-Amz-Meta-By': 'me' }
    expect(await post(conditions, fields, 'hello')).toMatchObject({ status: 200 })
    expect(await service.send(new HeadObjectCommand({ Bucket, Key: 'forms/note.txt' }))).toMatchObject({
      ContentLength: 5,
      ContentType: 'text/plain',
      Metadata: { by: 'me' },
    })
    expect(await post(conditions, { ...fields, key: 'others/x' }, 'hello')).toMatchObject({
      status: 403,
      code: 'AccessDenied',
    })
    expect(await post(conditions, { ...fields, acl: 'public' }, 'hello')).toMatchObject({ status: 403 })
    expect(await post(conditions, fields, 'hello hello hello')).toMatchObject({ status: 413, code: 'EntityTooLarge' })
    expect(await post(conditions, fields, '')).toMatchObject({ status: 403 })
    expect(await post(conditions, fields, 'hello', -1000)).toMatchObject({ status: 400, code: 'ExpiredToken' })
    expect(await post(conditions, fields, 'hello', 60_000, 'wrong')).toMatchObject({ code: 'SignatureDoesNotMatch' })
  })

  test('that is none is refused', async () => {
    const url = `${stack.line('STORAGE_S3_URL')}/${Bucket}`
    const unsigned = new FormData()
    unsigned.set('file', new Blob(['x']), 'a.txt')
    expect((await fetch(url, { method: 'POST', body: unsigned })).status).toBe(403)
    const headers = { 'content-type': 'multipart/form-data; boundary=x' }
    expect((await fetch(url, { method: 'POST', body: 'hello', headers })).status).toBe(400)
  })
})

async function post(
  conditions: readonly unknown[],
  fields: Readonly<Record<string, string>>,
  text: string,
  milliseconds = 60_000,
  secret = stack.line('S3_PROTOCOL_ACCESS_KEY_SECRET'),
): Promise<{ status: number; code: string | undefined }> {
  const date = amzDate()
  const scope = `${date.slice(0, 8)}/${stack.line('S3_PROTOCOL_REGION')}/s3/aws4_request`
  const expiration = new Date(Date.now() + milliseconds).toISOString()
  const policy = Buffer.from(JSON.stringify({ expiration, conditions })).toString('base64')
  const form = new FormData()
  const signed = {
    ...fields,
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Credential': `${stack.line('S3_PROTOCOL_ACCESS_KEY_ID')}/${scope}`,
    'X-Amz-Date': date,
    Policy: policy,
    'X-Amz-Signature': hmac(signingKey(secret, scope), policy).toString('hex'),
  }
  for (const [name, value] of Object.entries(signed)) form.set(name, value)
  form.set('file', new Blob([text], { type: 'text/plain' }), 'note.txt')
  const answer = await fetch(`${stack.line('STORAGE_S3_URL')}/${Bucket}`, { method: 'POST', body: form })
  return { status: answer.status, code: /<Code>(.*)<\/Code>/.exec(await answer.text())?.[1] }
}

describe('a body in signed chunks', () => {
  test('is put together', async () => {
    expect(await putInChunks('chunked', ['first ', 'second'])).toBe(200)
    const got = await service.send(new GetObjectCommand({ Bucket, Key: 'chunked' }))
    expect(await got.Body?.transformToString()).toBe('first second')
  })

  test('is refused where a chunk was changed, and leaves what was there', async () => {
    expect(await putInChunks('kept', ['before'])).toBe(200)
    expect(await putInChunks('kept', ['another'], (body) => body.replace('another', 'changed'))).toBe(403)
    const got = await service.send(new GetObjectCommand({ Bucket, Key: 'kept' }))
    expect(await got.Body?.transformToString()).toBe('before')
  })

  test('is refused where the headers behind it are missing', async () => {
    const trailer = { 'x-amz-trailer': 'x-amz-checksum-crc32' }
    expect(await putInChunks('never', ['text'], (body) => body, trailer)).toBeGreaterThanOrEqual(400)
    const asked = new HeadObjectCommand({ Bucket, Key: 'never' })
    await expect(service.send(asked)).rejects.toMatchObject({ $metadata: { httpStatusCode: 404 } })
  })
})

async function putInChunks(
  key: string,
  chunks: readonly string[],
  change = (body: string): string => body,
  more: Readonly<Record<string, string>> = {},
): Promise<number> {
  const url = new URL(`${stack.line('STORAGE_S3_URL')}/${Bucket}/${key}`)
  const date = amzDate()
  const scope = `${date.slice(0, 8)}/${stack.line('S3_PROTOCOL_REGION')}/s3/aws4_request`
  const signing = signingKey(stack.line('S3_PROTOCOL_ACCESS_KEY_SECRET'), scope)
  const payload = `STREAMING-AWS4-HMAC-SHA256-PAYLOAD${'x-amz-trailer' in more ? '-TRAILER' : ''}`
  const headers: Record<string, string> = {
    'content-encoding': 'aws-chunked',
    host: url.host,
    'x-amz-content-sha256': payload,
    'x-amz-date': date,
    'x-amz-decoded-content-length': `${chunks.join('').length}`,
    ...more,
  }
  const names = Object.keys(headers).toSorted()
  const lines = names.map((name) => `${name}:${headers[name]}\n`).join('')
  const canonical = ['PUT', url.pathname, '', lines, names.join(';'), payload].join('\n')
  let previous = hmac(signing, ['AWS4-HMAC-SHA256', date, scope, sha256(canonical)].join('\n')).toString('hex')
  const authorization = `AWS4-HMAC-SHA256 Credential=${stack.line('S3_PROTOCOL_ACCESS_KEY_ID')}/${scope}, SignedHeaders=${names.join(';')}, Signature=${previous}`
  const body = [...chunks, ''].map((chunk) => {
    const text = ['AWS4-HMAC-SHA256-PAYLOAD', date, scope, previous, sha256(''), sha256(chunk)].join('\n')
    previous = hmac(signing, text).toString('hex')
    return `${chunk.length.toString(16)};chunk-signature=${previous}\r\n${chunk}\r\n`
  })
  const answer = await fetch(url, {
    method: 'PUT',
    body: change(body.join('')),
    headers: { ...headers, authorization },
  })
  return answer.status
}

function amzDate(): string {
  return new Date().toISOString().replaceAll(/[:-]|\.\d{3}/g, '')
}

function signingKey(secret: string, scope: string): Buffer {
  return scope.split('/').reduce<Buffer>(hmac, Buffer.from(`AWS4${secret}`))
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest()
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
