// upload() and update() of storage-js in every form of body, and what the door answers on the wire.

import { readdir } from 'node:fs/promises'
import { request } from 'node:http'
import { connect } from 'node:net'
import { join } from 'node:path'
import { Readable } from 'node:stream'

import { createClient } from '@supabase/supabase-js'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { tokenOf } from '../realtime/token-of.ts'
import { type RunningStack, startStack } from '../running-stack.ts'

type Bucket = ReturnType<ReturnType<typeof createClient>['storage']['from']>

let stack: RunningStack
let sql: Client
let files: Bucket

const png = Buffer.from('89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489', 'hex')

beforeAll(async () => {
  stack = await startStack({ empty: true })
  sql = new Client({ connectionString: stack.line('DB_URL') })
  await sql.connect()
  await sql.query(`
    insert into storage.buckets (id, name, file_size_limit, allowed_mime_types, quota) values
      ('files', 'files', null, null, null), ('small', 'small', 10, null, null),
      ('pictures', 'pictures', null, '{image/*}', null), ('full', 'full', null, null, 20), ('own', 'own', null, null, null);
    create policy own on storage.objects for all to authenticated
      using (bucket_id = 'own' and owner_id = (select auth.jwt()->>'sub'))
      with check (bucket_id = 'own' and (storage.foldername(name))[1] = (select auth.jwt()->>'sub'))`)
  files = createClient(stack.line('API_URL'), stack.line('SECRET_KEY')).storage.from('files')
})
afterAll(async () => {
  await sql.end()
  await stack[Symbol.asyncDispose]()
})

async function rowOf(name: string, bucket = 'files'): Promise<Record<string, unknown>> {
  const text =
    'select id, owner, owner_id, version, metadata, user_metadata from storage.objects where bucket_id = $1 and name = $2'
  return (await sql.query<Record<string, unknown>>(text, [bucket, name])).rows[0] ?? {}
}

interface Answer {
  readonly status: number
  readonly body: unknown
}

async function send(
  path: string,
  init: RequestInit,
  token: string | null = stack.line('SERVICE_ROLE_KEY'),
): Promise<Answer> {
  const headers = { ...(token !== null && { authorization: `Bearer ${token}` }), ...(init.headers as object) }
  const response = await fetch(`${stack.line('API_URL')}/storage/v1${path}`, { method: 'POST', ...init, headers })
  const body: unknown = await response.json()
  return { status: response.status, body }
}

const said = (statusCode: string, error: string, code: string, message: string): Answer => ({
  status: 400,
  body: expect.objectContaining({ statusCode, error, code, message }),
})

describe('upload', () => {
  const text = 'héllo'
  const bodies: readonly (readonly [string, () => Parameters<Bucket['upload']>[1]])[] = [
    ['a string', () => text],
    ['a Buffer', () => Buffer.from(text)],
    ['an ArrayBuffer', () => new Uint8Array(Buffer.from(text)).buffer],
    ['a Blob', () => new Blob([text], { type: 'text/plain' })],
    ['a File', () => new File([text], 'x.txt', { type: 'text/plain' })],
    ['a stream of the web', () => new Blob([text]).stream()],
    ['a stream of Node', () => Readable.from([Buffer.from(text)])],
    ['URLSearchParams', () => new URLSearchParams({ a: 'b' })],
  ]
  test.each(bodies)('takes %s and tells its id and where it is', async (what, body) => {
    const path = `bodies/${what}`
    const { data, error } = await files.upload(path, body(), { contentType: 'text/plain', cacheControl: '7' })
    expect(error).toBeNull()
    const row = await rowOf(path)
    expect(data).toEqual({ id: row['id'], path, fullPath: `files/${path}` })
    expect(row['metadata']).toMatchObject({ mimetype: 'text/plain', cacheControl: 'max-age=7', httpStatusCode: 200 })
    const read = await files.download(path)
    expect(await read.data?.text()).toBe(what === 'URLSearchParams' ? 'a=b' : text)
  })

  test('takes a form of the caller’s own, with what storage-js appends behind the file', async () => {
    const form = new FormData()
    form.append('file', new File([png], 'a.png', { type: 'image/png' }))
    const { error } = await files.upload('form.png', form, { cacheControl: '9', metadata: { a: 1 } })
    expect(error).toBeNull()
    expect(await rowOf('form.png')).toMatchObject({
      metadata: { mimetype: 'image/png', size: png.length, contentLength: png.length, cacheControl: 'max-age=9' },
      user_metadata: { a: 1 },
    })
  })

  test.each([
    ['raw', () => Buffer.from('x')],
    ['as a form', () => new Blob(['x'])],
  ])('keeps metadata of the caller’s own, %s', async (what, body) => {
    const path = `metadata/${what}`
    await files.upload(path, body(), { metadata: { title: 'ä "b"', deep: { list: [1, null] } } })
    expect(await rowOf(path)).toMatchObject({ user_metadata: { title: 'ä "b"', deep: { list: [1, null] } } })
    await files.update(path, body())
    expect(await rowOf(path)).toMatchObject({ user_metadata: {} })
  })

  test('does not take the place of another object unless it is told to', async () => {
    await files.upload('once', 'first')
    expect((await files.upload('once', 'second')).error).toMatchObject({
      status: 400,
      statusCode: '409',
      message: 'The resource already exists',
    })
    expect((await files.upload('once', 'third', { upsert: true })).error).toBeNull()
    expect(await (await files.download('once')).data?.text()).toBe('third')
  })

  test('takes an object that is larger than a request to the other doors may be', async () => {
    await sql.query(`update storage.buckets set file_size_limit = null where id = 'files'`)
    const body = Buffer.alloc(40 * 1024 * 1024, 'x')
    expect((await files.upload('large', body)).error).toBeNull()
    expect(await rowOf('large')).toMatchObject({ metadata: { size: body.length } })
  })
})

test('update takes the place of what is there and keeps its id, and makes what is not there', async () => {
  const made = await files.update('updated', 'first')
  const again = await files.update('updated', 'second', { contentType: 'text/x-second' })
  expect(again.data).toEqual({ id: made.data?.id, path: 'updated', fullPath: 'files/updated' })
  expect(await rowOf('updated')).toMatchObject({ metadata: { mimetype: 'text/x-second', size: 6 } })
})

test('an upload belongs to the subject of its token, whatever form the subject has', async () => {
  for (const subject of ['user_2abc', '317eadce-631a-4429-a0bb-f19a7a517b4a']) {
    const token = await tokenOf(stack, { sub: subject })
    const path = `/object/own/${subject}/x`
    expect(await send(path, { body: 'x' }, token)).toMatchObject({ status: 200, body: { Key: `own/${subject}/x` } })
    const owner = subject.includes('-') ? subject : null
    expect(await rowOf(`${subject}/x`, 'own')).toMatchObject({ owner, owner_id: subject })
    expect(await send('/object/own/of-another/x', { body: 'x' }, token)).toEqual(
      said('403', 'Unauthorized', 'AccessDenied', 'new row violates row-level security policy'),
    )
  }
})

test.each<[string, string, RequestInit, Answer]>([
  ['no bucket of the name', '/object/none/x', {}, said('404', 'Bucket not found', 'NoSuchBucket', 'Bucket not found')],
  ['no name', '/object/files/', {}, said('400', 'InvalidKey', 'InvalidKey', 'Invalid key: ')],
  ['a name with an accent', '/object/files/%C3%A9', {}, said('400', 'InvalidKey', 'InvalidKey', 'Invalid key: é')],
  ['a name with a bracket', '/object/files/a%5B', {}, said('400', 'InvalidKey', 'InvalidKey', 'Invalid key: a[')],
  [
    'a name that is too long',
    `/object/files/${'x'.repeat(1025)}`,
    {},
    said('400', 'InvalidKey', 'InvalidKey', `Invalid key: ${'x'.repeat(1025)}`),
  ],
  [
    'a type that is none',
    '/object/files/x',
    { headers: { 'content-type': 'thisisnotarealmimetype' } },
    said('415', 'invalid_mime_type', 'InvalidMimeType', 'Invalid Content-Type header'),
  ],
  [
    'a type that the bucket does not take',
    '/object/pictures/x',
    { headers: { 'content-type': 'text/plain' } },
    said('415', 'invalid_mime_type', 'InvalidMimeType', 'mime type text/plain is not supported'),
  ],
  [
    'a page that says it is a picture',
    '/object/pictures/x',
    { headers: { 'content-type': 'image/png' }, body: '<!doctype html><script>alert(1)</script>' },
    said('415', 'invalid_mime_type', 'InvalidMimeType', 'mime type text/html is not supported'),
  ],
  [
    'more than the bucket takes',
    '/object/small/x',
    { body: 'x'.repeat(11) },
    said('413', 'Payload too large', 'EntityTooLarge', 'The object exceeded the maximum allowed size'),
  ],
  [
    'more than the quota leaves',
    '/object/full/x',
    { body: 'x'.repeat(21) },
    said('413', 'Payload too large', 'QuotaReached', 'The bucket full holds at most 20 bytes'),
  ],
  [
    'a placeholder with something in it',
    '/object/files/a/.emptyFolderPlaceholder',
    { body: 'x' },
    said('413', 'Payload too large', 'EntityTooLarge', 'The object exceeded the maximum allowed size'),
  ],
  [
    'a word to search engines that they do not know',
    '/object/files/x',
    { headers: { 'x-robots-tag': 'invalidrule' } },
    said(
      '400',
      'invalid_x_robots_tag',
      'InvalidRequest',
      'Invalid X-Robots-Tag header: Invalid X-Robots-Tag rule: "invalidrule"',
    ),
  ],
])('%s is refused, and nothing is kept', async (_what, path, init, answer) => {
  expect(await send(path, { body: 'x', ...init })).toEqual(answer)
  expect(await rowOf(path.split('/').slice(3).join('/'), path.split('/')[2])).toEqual({})
})

test('a form without a file, and one that breaks off, are refused', async () => {
  const empty = new FormData()
  empty.append('cacheControl', '1')
  expect(await send('/object/files/no-file', { body: empty })).toMatchObject({
    status: 400,
    body: { statusCode: '400', code: 'InvalidRequest', message: 'No content provided' },
  })
  const headers = { 'content-type': 'multipart/form-data; boundary=b' }
  const body = '--b\r\ncontent-disposition: form-data; name=""; filename="x"\r\n\r\nhalf'
  expect(await send('/object/files/half', { body, headers })).toMatchObject({ status: 400 })
  expect(
    await send('/object/files/half', { body: 'x', headers: { 'content-type': 'multipart/form-data' } }),
  ).toMatchObject({
    status: 400,
  })
  expect(await rowOf('half')).toEqual({})
})

test('a form that is larger than its bucket takes is refused while it comes', async () => {
  const form = new FormData()
  form.append('', new Blob([Buffer.alloc(3 * 1024 * 1024)]))
  expect(await send('/object/small/form', { body: form })).toEqual(
    said('413', 'Payload too large', 'EntityTooLarge', 'The object exceeded the maximum allowed size'),
  )
})

test('a field that says which type the file has goes before the file’s own', async () => {
  const form = new FormData()
  form.append('contentType', 'text/plain')
  form.append('file', new File([png], 'x.png', { type: 'image/png' }))
  expect(await send('/object/pictures/field', { body: form })).toEqual(
    said('415', 'invalid_mime_type', 'InvalidMimeType', 'mime type text/plain is not supported'),
  )
})

test('names with what URLs must escape, and with empty segments, are kept as they are', async () => {
  for (const name of ["special file @+$,;=?!*'().txt", 'a///b.txt', '/root']) {
    const path = `/object/files/${name.split('/').map(encodeURIComponent).join('/')}`
    expect(await send(path, { body: 'x' })).toMatchObject({ status: 200, body: { Key: `files/${name}` } })
    expect(await rowOf(name)).toHaveProperty('version')
  }
})

test('no dot segment is a name, however it is written', async () => {
  for (const path of ['files/a%2F..%2Fb', 'files/a%2F.%2Fb', 'files/%2e%2e%2fx']) {
    const socket = connect(Number(new URL(stack.line('API_URL')).port), '127.0.0.1')
    const token = stack.line('SERVICE_ROLE_KEY')
    socket.write(
      `POST /storage/v1/object/${path} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${token}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n`,
    )
    const answer = Buffer.concat((await socket.toArray()) as Buffer[]).toString()
    expect(answer).toContain('"code":"InvalidKey"')
  }
})

test('without a token there is no upload', async () => {
  expect(await send('/object/files/x', { body: 'x' }, null)).toEqual(
    said('400', 'Error', 'InvalidRequest', "headers must have required property 'authorization'"),
  )
})

/** All that lies where the bytes are, finished or not. */
async function filesLying(): Promise<number> {
  const lying = await readdir(join(stack.folder, '.tenon', 'storage'), { recursive: true, withFileTypes: true })
  return lying.filter((each) => each.isFile()).length
}

async function rowsWithBytes(): Promise<number> {
  const { rows } = await sql.query<{ count: string }>('select count(version) from storage.objects')
  return Number(rows[0]?.count)
}

test('a client that goes away in the middle leaves nothing, and neither does any upload that was refused', async () => {
  await expect.poll(filesLying).toBe(await rowsWithBytes())
  const sending = request(`${stack.line('API_URL')}/storage/v1/object/files/gone`, {
    method: 'POST',
    headers: { authorization: `Bearer ${stack.line('SERVICE_ROLE_KEY')}`, 'content-length': 10_000_000 },
  })
  sending.on('error', () => {})
  sending.write(Buffer.alloc(2_000_000))
  await expect.poll(filesLying).toBe((await rowsWithBytes()) + 1)
  sending.destroy()
  await expect.poll(filesLying).toBe(await rowsWithBytes())
  expect(await rowOf('gone')).toEqual({})
})
