// Resumable uploads, as tus-js-client makes them (and Uppy, which is the same client), and what their answers are on the wire.

import { randomBytes, randomUUID } from 'node:crypto'
import { appendFileSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient, type SupabaseClient } from '@supabase/supabase-js'
import { Client } from 'pg'
import { DetailedError, Upload, type UploadOptions } from 'tus-js-client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { tokenOf } from '../realtime/token-of.ts'
import { type RunningStack, startStack } from '../running-stack.ts'

const MEBIBYTE = 1024 * 1024
/** As the guides of upstream say. */
const CHUNK = 6 * MEBIBYTE

const POLICIES = `
  insert into storage.buckets (id, name, public) values ('files', 'files', true), ('drop', 'drop', false);
  insert into storage.buckets (id, name, file_size_limit) values ('small', 'small', 10);
  insert into storage.buckets (id, name, allowed_mime_types) values ('images', 'images', array['image/*']);
  insert into storage.buckets (id, name, quota) values ('quota', 'quota', 10);
  create policy "own folder" on storage.objects for all to authenticated
    using (bucket_id in ('files', 'images', 'small') and (storage.foldername(name))[1] = (select auth.jwt() ->> 'sub'))
    with check (bucket_id in ('files', 'images', 'small') and (storage.foldername(name))[1] = (select auth.jwt() ->> 'sub'));
  create policy "anybody drops" on storage.objects for insert to anon, authenticated with check (bucket_id = 'drop');`

let folder: string
let stack: RunningStack
let sql: Client
let service: SupabaseClient['storage']

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tenon-resumable-'))
  stack = await startStack({ folder })
  await connect()
  await sql.query(POLICIES)
})
afterAll(async () => {
  await sql.end()
  await stack.stop()
  rmSync(folder, { recursive: true, force: true })
})

async function connect(): Promise<void> {
  service = createClient(stack.line('API_URL'), stack.line('SECRET_KEY')).storage
  sql = new Client({ connectionString: stack.line('DB_URL') })
  await sql.connect()
}

const endpoint = (): string => `${stack.line('API_URL')}/storage/v1/upload/resumable`
const serviceKey = (): string => stack.line('SERVICE_ROLE_KEY')
const as = async (sub: string, claims: object = {}): Promise<Record<string, string>> => ({
  authorization: `Bearer ${await tokenOf(stack, { sub, ...claims })}`,
})
const nameOf = (sub: string): string => `${sub}/${randomUUID()}.bin`

interface Wanted {
  readonly bucketName: string
  readonly objectName: string
  readonly [key: string]: string
}

interface Ended {
  readonly url: string | null
  readonly error: DetailedError | null
}

/** Runs to its end without trying again. */
async function upload(bytes: Buffer, metadata: Wanted, options: Partial<UploadOptions>): Promise<Ended> {
  return await new Promise((resolve, reject) => {
    const running = new Upload(bytes, {
      endpoint: endpoint(),
      chunkSize: CHUNK,
      retryDelays: null,
      metadata,
      onSuccess: () => resolve({ url: running.url, error: null }),
      onError: (error) => (error instanceof DetailedError ? resolve({ url: running.url, error }) : reject(error)),
      ...options,
    })
    running.start()
  })
}

/** Gives up once that many bytes were accepted; where it stood, to go on from. */
async function interrupted(
  bytes: Buffer,
  metadata: Wanted,
  after: number,
  headers: Record<string, string>,
): Promise<string> {
  return await new Promise((resolve, reject) => {
    const running = new Upload(bytes, {
      endpoint: endpoint(),
      chunkSize: CHUNK,
      retryDelays: null,
      metadata,
      headers,
      onError: reject,
      onChunkComplete(_size, accepted) {
        if (accepted >= after) running.abort().then(() => resolve(running.url ?? ''), reject)
      },
    })
    running.start()
  })
}

async function ask(method: string, url: string, headers: Record<string, string>, body?: Buffer): Promise<Response> {
  return await fetch(url, {
    method,
    headers: { 'tus-resumable': '1.0.0', ...headers },
    ...(body !== undefined && { body: new Uint8Array(body) }),
  })
}

const piece = (offset: number): Record<string, string> => ({
  'content-type': 'application/offset+octet-stream',
  'upload-offset': `${offset}`,
})

const header = (metadata: Wanted): string =>
  Object.entries(metadata)
    .map(([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`)
    .join(',')

/** Without the SDK; the address of the upload. */
async function begin(size: number, metadata: Wanted, headers: Record<string, string>): Promise<string> {
  const begun = await ask('POST', endpoint(), {
    ...headers,
    'upload-length': `${size}`,
    'upload-metadata': header(metadata),
  })
  expect([begun.status, await begun.text()]).toEqual([201, ''])
  return begun.headers.get('location') ?? ''
}

const said = ({ error }: Ended): unknown => [error?.originalResponse?.getStatus(), error?.originalResponse?.getBody()]

async function stored(bucket: string, name: string): Promise<Buffer | null> {
  const { data } = await service.from(bucket).download(name)
  return data === null ? null : Buffer.from(await data.arrayBuffer())
}

async function text(bucket: string, name: string): Promise<string | undefined> {
  return (await stored(bucket, name))?.toString()
}

/** In one request; what refused it. */
async function uploadPlain(bucket: string, bytes: Buffer): Promise<unknown> {
  return (await service.from(bucket).upload(randomUUID(), bytes, { contentType: 'text/plain' })).error
}

async function row(name: string): Promise<Record<string, unknown> | undefined> {
  const { rows } = await sql.query<Record<string, unknown>>('select * from storage.objects where name = $1', [name])
  return rows[0]
}

describe('an upload', () => {
  test('arrives byte for byte in chunks, with what was said of it', async () => {
    const bytes = randomBytes(15 * MEBIBYTE)
    const objectName = nameOf('user_alice')
    const metadata = { contentType: 'video/mp4', cacheControl: '3600', metadata: JSON.stringify({ takenBy: 'alice' }) }
    const headers = await as('user_alice')
    const { error } = await upload(bytes, { bucketName: 'files', objectName, ...metadata }, { headers })
    expect(error).toBeNull()
    expect(bytes.equals((await stored('files', objectName)) ?? Buffer.alloc(0))).toBe(true)
    expect(await row(objectName)).toMatchObject({
      owner: null,
      owner_id: 'user_alice',
      user_metadata: { takenBy: 'alice' },
      metadata: {
        size: bytes.length,
        contentLength: bytes.length,
        mimetype: 'video/mp4',
        cacheControl: 'max-age=3600',
      },
    })
  })

  test('goes on where it was interrupted', async () => {
    const bytes = randomBytes(13 * MEBIBYTE)
    const metadata = { bucketName: 'files', objectName: nameOf('user_alice') }
    const headers = await as('user_alice')
    const uploadUrl = await interrupted(bytes, metadata, CHUNK, headers)
    expect(await row(metadata.objectName)).toBeUndefined()
    const offsets: number[] = []
    const { error } = await upload(bytes, metadata, {
      headers,
      uploadUrl,
      onProgress: (sent) => offsets.push(sent),
    })
    expect([error, offsets[0]]).toEqual([null, CHUNK])
    expect(bytes.equals((await stored('files', metadata.objectName)) ?? Buffer.alloc(0))).toBe(true)
  })

  test('goes on after the server was killed and started again', async () => {
    const bytes = randomBytes(13 * MEBIBYTE)
    const metadata = { bucketName: 'files', objectName: nameOf('user_alice') }
    const headers = await as('user_alice')
    const before = new URL(await interrupted(bytes, metadata, CHUNK, headers))
    const gone = once(stack.process, 'exit')
    await sql.end()
    stack.process.kill('SIGKILL')
    await gone
    stack = await startStack({ folder })
    await connect()
    const uploadUrl = `${stack.line('API_URL')}${before.pathname}`
    const found = await ask('HEAD', uploadUrl, headers)
    expect(found.headers.get('upload-offset')).toBe(`${CHUNK}`)
    expect((await upload(bytes, metadata, { headers, uploadUrl })).error).toBeNull()
    expect(bytes.equals((await stored('files', metadata.objectName)) ?? Buffer.alloc(0))).toBe(true)
  })
})

describe('an upload on the wire', () => {
  test('says what is spoken here to whoever asks', async () => {
    const answer = await fetch(endpoint(), { method: 'OPTIONS' })
    expect(answer.status).toBe(204)
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'tus-version': '1.0.0',
      'tus-extension': 'creation,creation-with-upload,creation-defer-length,termination,expiration',
      'tus-max-size': `${50 * MEBIBYTE}`,
    })
  })

  test('may bring its first bytes along, and says where it stands', async () => {
    const metadata = { bucketName: 'files', objectName: nameOf('user_alice'), contentType: 'text/plain' }
    const headers = await as('user_alice')
    const begun = await ask(
      'POST',
      endpoint(),
      { ...headers, ...piece(0), 'upload-length': '10', 'upload-metadata': header(metadata) },
      Buffer.from('hello'),
    )
    const url = begun.headers.get('location') ?? ''
    expect([begun.status, begun.headers.get('upload-offset'), url.startsWith(`${endpoint()}/`)]).toEqual([
      201,
      '5',
      true,
    ])
    expect(Date.parse(begun.headers.get('upload-expires') ?? '')).toBeGreaterThan(Date.now())
    const head = await ask('HEAD', url, headers)
    expect(Object.fromEntries(head.headers)).toMatchObject({
      'upload-offset': '5',
      'upload-length': '10',
      'upload-metadata': header(metadata),
      'cache-control': 'no-store',
      'tus-resumable': '1.0.0',
    })
    const conflict = await ask('PATCH', url, { ...headers, ...piece(0) }, Buffer.from('world'))
    expect([conflict.status, await conflict.text()]).toEqual([409, 'Upload-Offset conflict\n'])
    const last = await ask('PATCH', url, { ...headers, ...piece(5) }, Buffer.from('world'))
    expect([last.status, last.headers.get('upload-offset'), last.headers.get('tus-complete')]).toEqual([204, '10', '1'])
    expect(await text('files', metadata.objectName)).toBe('helloworld')
    expect((await ask('HEAD', url, headers)).headers.get('upload-offset')).toBe('10')
    expect((await ask('PATCH', url, { ...headers, ...piece(10) }, Buffer.alloc(0))).status).toBe(204)
    const ended = await ask('DELETE', url, headers)
    expect([ended.status, await ended.text()]).toEqual([400, 'Cannot terminate an already completed upload'])
  })

  test('may learn its size later', async () => {
    const objectName = nameOf('user_alice')
    const headers = await as('user_alice')
    const metadata = header({ bucketName: 'files', objectName })
    const begun = await ask('POST', endpoint(), { ...headers, 'upload-defer-length': '1', 'upload-metadata': metadata })
    const url = begun.headers.get('location') ?? ''
    expect((await ask('HEAD', url, headers)).headers.get('upload-defer-length')).toBe('1')
    expect((await ask('PATCH', url, { ...headers, ...piece(0) }, Buffer.from('one '))).status).toBe(204)
    const sized = { ...headers, ...piece(4), 'upload-length': '7' }
    expect((await ask('PATCH', url, sized, Buffer.from('two'))).headers.get('tus-complete')).toBe('1')
    expect(await text('files', objectName)).toBe('one two')
  })

  test('may be of no bytes', async () => {
    const objectName = nameOf('user_alice')
    const { error } = await upload(
      Buffer.alloc(0),
      { bucketName: 'files', objectName },
      { headers: await as('user_alice') },
    )
    expect([error, await stored('files', objectName)]).toEqual([null, Buffer.alloc(0)])
  })

  test('is where proxies say that the client sees it', async () => {
    const begun = await ask('POST', endpoint(), {
      ...(await as('user_alice')),
      'upload-length': '1',
      'upload-metadata': header({ bucketName: 'files', objectName: nameOf('user_alice') }),
      'x-forwarded-proto': 'https',
      'x-forwarded-host': 'files.example.com',
      'x-forwarded-port': '8443',
    })
    expect(begun.headers.get('location')).toMatch(
      /^https:\/\/files\.example\.com:8443\/storage\/v1\/upload\/resumable\/[\w-]+$/,
    )
  })

  test('is refused where a request is no tus, or names nothing', async () => {
    const headers = await as('user_alice')
    const plain = await fetch(endpoint(), { method: 'POST', headers })
    expect([plain.status, await plain.text()]).toEqual([412, 'Tus-Resumable Required\n'])
    const bare = await ask('POST', endpoint(), { ...headers, 'upload-length': '1' })
    expect([bare.status, await bare.text()]).toEqual([400, 'Metadata header is required'])
    const named = async (bucketName: string, objectName: string): Promise<unknown> =>
      said(await upload(Buffer.from('x'), { bucketName, objectName }, { headers }))
    expect(await named('', 'x')).toEqual([400, 'Bucket name invalid'])
    expect(await named('files', 'user_alice/../x')).toEqual([400, 'Invalid key: user_alice/../x'])
    expect(await named('nowhere', 'x')).toEqual([404, 'Bucket not found'])
    const missing = Buffer.from(`files/x/${randomUUID()}`).toString('base64url')
    for (const id of [missing, 'x', Buffer.from('files/x/1').toString('base64url')])
      expect((await ask('HEAD', `${endpoint()}/${id}`, headers)).status).toBe(404)
    const nobody = await ask('POST', endpoint(), {})
    expect(nobody.headers.get('x-tenon-refusal')).toBe('storage.authorization-missing')
    expect([nobody.status, await nobody.json()]).toEqual([400, expect.objectContaining({ code: 'InvalidRequest' })])
  })

  test('is told in a header what to change where the protocol is not kept', async () => {
    const headers = await as('user_alice')
    const plain = await fetch(endpoint(), { method: 'POST', headers })
    expect(plain.headers.get('x-tenon-hint')).toBe('Send Tus-Resumable: 1.0.0 with each request.')
    const url = await begin(10, { bucketName: 'files', objectName: nameOf('user_alice') }, headers)
    const early = await ask('PATCH', url, { ...headers, ...piece(5) }, Buffer.from('world'))
    expect([early.status, await early.text()]).toEqual([409, 'Upload-Offset conflict\n'])
    expect(early.headers.get('x-tenon-hint')).toContain('Ask with HEAD for Upload-Offset')
    const untyped = { ...headers, ...piece(0), 'content-type': 'text/plain' }
    const refused = await ask('PATCH', url, untyped, Buffer.from('hello'))
    expect([refused.status, await refused.text()]).toEqual([400, 'Invalid content-type\n'])
    expect(refused.headers.get('x-tenon-hint')).toContain('application/offset+octet-stream')
    expect((await ask('PATCH', url, { ...headers, ...piece(0) }, Buffer.from('hello'))).status).toBe(204)
  })
})

describe('who may', () => {
  test('begin is for the policies to say', async () => {
    const metadata = { bucketName: 'files', objectName: nameOf('user_alice') }
    const denied = [403, 'new row violates row-level security policy']
    expect(said(await upload(Buffer.from('x'), metadata, { headers: await as('user_bob') }))).toEqual(denied)
    const anonymous = { authorization: `Bearer ${stack.line('ANON_KEY')}` }
    expect(said(await upload(Buffer.from('x'), metadata, { headers: anonymous }))).toEqual(denied)
    const dropped = { bucketName: 'drop', objectName: randomUUID() }
    expect(await upload(Buffer.from('x'), dropped, { headers: anonymous })).toMatchObject({ error: null })
    expect(await row(dropped.objectName)).toMatchObject({ owner_id: null })
  })

  test('go on is whoever began, also where the policies would let others', async () => {
    const url = await begin(10, { bucketName: 'drop', objectName: randomUUID() }, await as('user_alice'))
    const anonymous = { authorization: `Bearer ${stack.line('ANON_KEY')}` }
    for (const stranger of [await as('user_bob'), anonymous, await as('user_alice', { role: 'anon' })]) {
      expect((await ask('HEAD', url, stranger)).status).toBe(403)
      const appended = await ask('PATCH', url, { ...stranger, ...piece(0) }, Buffer.from('hello'))
      expect([appended.status, await appended.text()]).toEqual([403, 'The upload was begun by somebody else'])
      expect((await ask('DELETE', url, stranger)).status).toBe(403)
    }
    const found = await ask('HEAD', url, await as('user_alice'))
    expect([found.status, found.headers.get('upload-offset')]).toEqual([200, '0'])
  })

  test('go on is asked of the policies again', async () => {
    const headers = await as('user_carol')
    const url = await begin(10, { bucketName: 'files', objectName: nameOf('user_carol') }, headers)
    await sql.query(`create policy "not carol" on storage.objects as restrictive for insert to authenticated
      with check ((select auth.jwt() ->> 'sub') <> 'user_carol')`)
    const appended = await ask('PATCH', url, { ...headers, ...piece(0) }, Buffer.from('hello'))
    await sql.query('drop policy "not carol" on storage.objects')
    expect(appended.status).toBe(403)
    expect(Object.fromEntries(appended.headers)).toMatchObject({
      'x-tenon-refusal': 'postgres.error',
      'x-tenon-hint': expect.stringContaining('for insert to authenticated do not hold'),
    })
    expect((await ask('PATCH', url, { ...headers, ...piece(0) }, Buffer.from('hello'))).status).toBe(204)
  })

  test('go on is the same person with another token, and not with one that is over', async () => {
    const metadata = { bucketName: 'files', objectName: nameOf('user_alice') }
    const url = await begin(10, metadata, await as('user_alice', { sid: 'first' }))
    const first = { ...(await as('user_alice', { sid: 'second' })), ...piece(0) }
    expect((await ask('PATCH', url, first, Buffer.from('hello'))).status).toBe(204)
    const over = { authorization: `Bearer ${await tokenOf(stack, { sub: 'user_alice', nbf: 4_000_000_000 })}` }
    const refused = await ask('PATCH', url, { ...over, ...piece(5) }, Buffer.from('world'))
    expect([refused.status, await refused.json()]).toEqual([400, expect.objectContaining({ statusCode: '403' })])
    const last = { ...(await as('user_alice', { sid: 'third' })), ...piece(5) }
    expect((await ask('PATCH', url, last, Buffer.from('world'))).headers.get('tus-complete')).toBe('1')
  })

  test('replace is told by x-upsert', async () => {
    const metadata = { bucketName: 'files', objectName: nameOf('user_alice') }
    const headers = await as('user_alice')
    expect((await upload(Buffer.from('old'), metadata, { headers })).error).toBeNull()
    expect(said(await upload(Buffer.from('new'), metadata, { headers }))).toEqual([409, 'The resource already exists'])
    const replacing = { ...headers, 'x-upsert': 'true' }
    expect((await upload(Buffer.from('new'), metadata, { headers: replacing })).error).toBeNull()
    expect(await text('files', metadata.objectName)).toBe('new')
  })
})

const signed = async (name: string, upsert = false): Promise<Record<string, string>> => {
  const { data } = await service.from('files').createSignedUploadUrl(name, { upsert })
  return { 'x-signature': data?.token ?? '' }
}

describe('an upload with a signed token', () => {
  test('needs nothing else', async () => {
    const metadata = { bucketName: 'files', objectName: `${randomUUID()}/in/a folder.txt` }
    const options = { endpoint: `${endpoint()}/sign`, headers: await signed(metadata.objectName) }
    const { url, error } = await upload(Buffer.from('signed'), metadata, options)
    expect([error?.message, url?.startsWith(`${endpoint()}/sign/`)]).toEqual([undefined, true])
    expect(await text('files', metadata.objectName)).toBe('signed')
  })

  test('is refused without one, with a forged one, and with one for another path', async () => {
    const metadata = { bucketName: 'files', objectName: randomUUID() }
    const shown = async (headers: Record<string, string>): Promise<unknown> =>
      said(await upload(Buffer.from('x'), metadata, { endpoint: `${endpoint()}/sign`, headers }))
    expect(await shown({})).toEqual([400, 'Missing x-signature header'])
    expect(await shown({ 'x-signature': 'forged' })).toEqual([400, 'Invalid Compact JWS'])
    expect(await shown(await signed('another'))).toEqual([400, expect.any(String)])
  })

  test('opens no upload that a session began', async () => {
    const objectName = randomUUID()
    const url = await begin(5, { bucketName: 'files', objectName }, { authorization: `Bearer ${serviceKey()}` })
    const other = url.replace('/upload/resumable/', '/upload/resumable/sign/')
    expect(
      (await ask('PATCH', other, { ...(await signed(objectName)), ...piece(0) }, Buffer.from('hello'))).status,
    ).toBe(403)
  })
})

describe('limits', () => {
  test('of the bucket, the project and the quota hold when an upload begins', async () => {
    const headers = { authorization: `Bearer ${serviceKey()}` }
    const refused = async (bucketName: string, bytes: Buffer): Promise<unknown> =>
      said(await upload(bytes, { bucketName, objectName: randomUUID() }, { headers }))
    expect(await refused('small', Buffer.alloc(11))).toEqual([413, 'Maximum size exceeded\n'])
    expect(await refused('files', Buffer.alloc(50 * MEBIBYTE + 1))).toEqual([413, 'Maximum size exceeded\n'])
    expect(await refused('quota', Buffer.alloc(11))).toEqual([413, expect.any(String)])
  })

  test('hold for one whose size was not known', async () => {
    const headers = { authorization: `Bearer ${serviceKey()}` }
    const metadata = header({ bucketName: 'small', objectName: randomUUID() })
    const begun = await ask('POST', endpoint(), { ...headers, 'upload-defer-length': '1', 'upload-metadata': metadata })
    const url = begun.headers.get('location') ?? ''
    expect((await ask('PATCH', url, { ...headers, ...piece(0) }, Buffer.alloc(11))).status).toBe(413)
  })

  test('of the quota are held to what is under way, until it ends', async () => {
    const headers = { authorization: `Bearer ${serviceKey()}` }
    const beginOf = async (size: number): Promise<Response> => {
      const metadata = header({ bucketName: 'quota', objectName: randomUUID() })
      return await ask('POST', endpoint(), { ...headers, 'upload-length': `${size}`, 'upload-metadata': metadata })
    }
    const first = (await beginOf(6)).headers.get('location') ?? ''
    const second = await beginOf(5)
    expect([second.status, await second.text()]).toEqual([413, 'The bucket quota holds at most 10 bytes'])
    expect(second.headers.get('x-tenon-hint')).toContain('end uploads to it that are under way')
    expect(await uploadPlain('quota', Buffer.alloc(5))).toMatchObject({ statusCode: '413' })
    expect((await ask('PATCH', first, { ...headers, ...piece(0) }, Buffer.alloc(3))).status).toBe(204)
    await Upload.terminate(first, { headers })
    expect(await uploadPlain('quota', Buffer.alloc(5))).toBe(null)
    const last = (await beginOf(5)).headers.get('location') ?? ''
    expect((await ask('PATCH', last, { ...headers, ...piece(0) }, Buffer.alloc(5))).headers.get('tus-complete')).toBe(
      '1',
    )
    expect((await beginOf(1)).status).toBe(413)
  })

  test('of types are asked when an upload begins', async () => {
    const headers = { authorization: `Bearer ${serviceKey()}` }
    const metadata = { bucketName: 'images', objectName: randomUUID(), contentType: 'text/html' }
    expect(said(await upload(Buffer.from('x'), metadata, { headers }))).toEqual([
      415,
      'mime type text/html is not supported',
    ])
  })

  test('of types are asked of the bytes when it ends', async () => {
    const headers = { authorization: `Bearer ${serviceKey()}` }
    const metadata = { bucketName: 'images', objectName: randomUUID(), contentType: 'image/png' }
    const page = Buffer.from('<!doctype html><script>alert(1)</script>')
    expect(said(await upload(page, metadata, { headers }))).toEqual([415, expect.stringContaining('text/html')])
    expect(await row(metadata.objectName)).toBeUndefined()
    const { rows } = await sql.query('select from storage.resumable_uploads where name = $1', [metadata.objectName])
    expect(rows).toEqual([])
  })

  test('of types are asked of the bytes alone where no type was said, as upstream has it', async () => {
    const headers = { authorization: `Bearer ${serviceKey()}` }
    const nameless = { bucketName: 'images', objectName: randomUUID() }
    expect((await upload(Buffer.from('text'), nameless, { headers })).error).toBe(null)
    expect(await row(nameless.objectName)).toMatchObject({ metadata: { mimetype: 'application/octet-stream' } })
    const page = { bucketName: 'images', objectName: randomUUID() }
    expect(said(await upload(Buffer.from('<html>'), page, { headers }))).toEqual([
      415,
      'mime type text/html is not supported',
    ])
    expect(await row(page.objectName)).toBeUndefined()
  })

  test('more bytes than were announced are refused', async () => {
    const headers = await as('user_alice')
    const url = await begin(3, { bucketName: 'files', objectName: nameOf('user_alice') }, headers)
    expect((await ask('PATCH', url, { ...headers, ...piece(0) }, Buffer.from('four'))).status).toBe(413)
  })
})

describe('the end of an upload', () => {
  test('is what its client says', async () => {
    const headers = await as('user_alice')
    const url = await begin(10, { bucketName: 'files', objectName: nameOf('user_alice') }, headers)
    await Upload.terminate(url, { headers })
    expect((await ask('HEAD', url, headers)).status).toBe(404)
    expect((await ask('PATCH', url, { ...headers, ...piece(0) }, Buffer.from('hello'))).status).toBe(404)
  })

  test('comes with its time', async () => {
    const headers = await as('user_alice')
    const url = await begin(10, { bucketName: 'files', objectName: nameOf('user_alice') }, headers)
    await sql.query(
      `update storage.resumable_uploads set created_at = created_at - interval '25 hours' where version = $1`,
      [versionIn(url)],
    )
    expect((await ask('HEAD', url, headers)).status).toBe(410)
    const late = await ask('PATCH', url, { ...headers, ...piece(0) }, Buffer.from('hello'))
    expect([late.status, await late.text()]).toEqual([410, 'The file for this url no longer exists\n'])
  })

  test('is its object, also where the server ended before it could be put in place', async () => {
    const headers = await as('user_alice')
    const objectName = nameOf('user_alice')
    const url = await begin(10, { bucketName: 'files', objectName }, headers)
    expect((await ask('PATCH', url, { ...headers, ...piece(0) }, Buffer.from('hello'))).status).toBe(204)
    appendFileSync(join(folder, '.tenon', 'storage', 'growing', versionIn(url)), 'world')
    const [first, second] = await Promise.all([ask('HEAD', url, headers), ask('HEAD', url, headers)])
    expect([first, second].map((head) => head.headers.get('upload-offset'))).toEqual(['10', '10'])
    expect(await text('files', objectName)).toBe('helloworld')
    expect(await row(objectName)).toMatchObject({ metadata: { eTag: '"fc5e038d38a57032085441e7fe7010b0"' } })
  })
})

describe('one writer at a time', () => {
  test('is the one that came last, from where the other was', async () => {
    const headers = await as('user_alice')
    const objectName = nameOf('user_alice')
    const url = await begin(10, { bucketName: 'files', objectName }, headers)
    // Sends half of its piece and then nothing, as a connection does that has died.
    const { promise: sent, resolve } = Promise.withResolvers<void>()
    const stuck = new ReadableStream({
      start: (controller) => controller.enqueue(new TextEncoder().encode('hello')),
      pull: () => {
        resolve()
        return new Promise(() => {})
      },
    })
    const dead = new AbortController()
    const held = fetch(url, {
      method: 'PATCH',
      headers: { 'tus-resumable': '1.0.0', ...headers, ...piece(0) },
      body: stuck,
      duplex: 'half',
      signal: dead.signal,
    }).catch(() => null)
    await sent
    await grown(url, 5)
    const found = await ask('HEAD', url, headers)
    expect([found.status, found.headers.get('upload-offset')]).toEqual([200, '5'])
    expect((await ask('PATCH', url, { ...headers, ...piece(5) }, Buffer.from('world'))).status).toBe(204)
    expect(await text('files', objectName)).toBe('helloworld')
    dead.abort()
    await held
  })

  test('and of three with the same bytes one completes the upload', async () => {
    const headers = await as('user_alice')
    const objectName = nameOf('user_alice')
    const url = await begin(5, { bucketName: 'files', objectName }, headers)
    const write = async (): Promise<Response> =>
      await ask('PATCH', url, { ...headers, ...piece(0) }, Buffer.from('hello'))
    const answers = await Promise.all([write(), write(), write()])
    expect(answers.filter((answer) => answer.headers.get('tus-complete') === '1')).toHaveLength(1)
    const { rows } = await sql.query('select from storage.objects where name = $1', [objectName])
    expect(rows).toHaveLength(1)
  })
})

function versionIn(url: string): string {
  const id = Buffer.from(url.split('/').at(-1) ?? '', 'base64url').toString()
  return id.split('/').at(-1) ?? ''
}

/** Waits until the server has written that much of it. */
async function grown(url: string, size: number): Promise<void> {
  const path = join(folder, '.tenon', 'storage', 'growing', versionIn(url))
  await expect.poll(() => statSync(path).size, { timeout: 10_000, interval: 20 }).toBe(size)
}
