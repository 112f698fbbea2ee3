// Reading objects: storage-js' `download` and `getPublicUrl`, and what the answers are on the wire.

import { rmSync } from 'node:fs'
import { get } from 'node:http'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { tokenOf } from '../realtime/token-of.ts'
import { bearer, bucketNotFound, objectNotFound, type Readers, refusal, startReaders } from './running-readers.ts'

let on: Readers

beforeAll(async () => {
  on = await startReaders()
})
afterAll(async () => {
  await on.stop()
})

async function put(name: string, body: string | Buffer, contentType: string): Promise<void> {
  const { error } = await on.service.from('shown').upload(name, body, { contentType, upsert: true })
  expect(error).toBeNull()
}

async function disposition(download: string | true): Promise<string | null> {
  const { publicUrl } = on.anon.from('shown').getPublicUrl('hello.txt', { download }).data
  return (await fetch(publicUrl)).headers.get('content-disposition')
}

async function partOf(range: string, more: Record<string, string> = {}): Promise<readonly unknown[]> {
  const answer = await on.ask('/object/public/shown/hello.txt', { headers: { range, ...more } })
  const { status, headers } = answer
  return [status, headers.get('content-range'), headers.get('content-length'), await answer.text()]
}

describe('download', () => {
  it('gives whoever the policies let read the bytes, in their type', async () => {
    const { data, error } = await on.alice.from('kept').download('alice/notes.txt')
    expect(error).toBeNull()
    expect(await data?.text()).toBe('hello world')
    expect(data?.type).toBe('text/plain')
  })

  it('streams', async () => {
    const { data } = await on.alice.from('kept').download('alice/notes.txt').asStream()
    expect(await new Response(data).text()).toBe('hello world')
  })

  it('does not tell what is hidden from what is not there', async () => {
    for (const name of ['alice/notes.txt', 'nothing.txt']) {
      const { data, error } = await on.bob.from('kept').download(name)
      expect(data).toBeNull()
      expect(error).toMatchObject({ message: 'Object not found', status: 400, statusCode: '404' })
    }
  })

  it('knows a bucket that is not there', async () => {
    const { error } = await on.alice.from('nowhere').download('a.txt')
    expect(error).toMatchObject({ message: 'Bucket not found', status: 400, statusCode: '404' })
  })

  it('asks no policy about a public bucket, not even one that fails', async () => {
    await on.sql.query(`create policy broken on storage.objects for select to authenticated using (1 / 0 = 1)`)
    try {
      const { data } = await on.bob.from('shown').download('hello.txt')
      expect(await data?.text()).toBe('hello world')
      expect((await on.bob.from('kept').download('alice/notes.txt')).error).toMatchObject({ statusCode: '500' })
    } finally {
      await on.sql.query(`drop policy broken on storage.objects`)
    }
  })

  it('reads with the secret key past every policy', async () => {
    const { data } = await on.service.from('kept').download('alice/notes.txt')
    expect(await data?.text()).toBe('hello world')
  })
})

describe('getPublicUrl', () => {
  it('leads anybody to an object of a public bucket', async () => {
    const answer = await fetch(on.anon.from('shown').getPublicUrl('hello.txt').data.publicUrl)
    expect(await answer.text()).toBe('hello world')
  })

  it('leads to a file of the name it is to have', async () => {
    expect(await disposition(true)).toBe('attachment;')
    expect(await disposition('my notes.txt')).toBe(
      "attachment; filename=my%20notes.txt; filename*=UTF-8''my%20notes.txt",
    )
  })

  it('leads nowhere in a private bucket', async () => {
    const answer = await fetch(on.anon.from('kept').getPublicUrl('alice/notes.txt').data.publicUrl)
    expect(await refusal(answer)).toEqual(bucketNotFound)
  })
})

describe('the routes', () => {
  it('read a private bucket for a token, and know nothing of it without one', async () => {
    const alice = bearer(on.aliceToken)
    for (const path of ['/object/authenticated/kept/alice/notes.txt', '/object/kept/alice/notes.txt']) {
      expect(await (await on.ask(path, alice)).text()).toBe('hello world')
    }
    const forged = bearer(`${on.aliceToken}x`)
    expect(await refusal(await on.ask('/object/kept/alice/notes.txt'))).toEqual(bucketNotFound)
    expect(await refusal(await on.ask('/object/kept/alice/notes.txt', forged))).toEqual(bucketNotFound)
    expect(await refusal(await on.ask('/object/authenticated/kept/alice/notes.txt'))).toMatchObject({
      status: 400,
      statusCode: '400',
      message: "headers must have required property 'authorization'",
    })
    expect(await refusal(await on.ask('/object/authenticated/kept/alice/notes.txt', forged))).toMatchObject({
      status: 400,
      statusCode: '403',
      error: 'Unauthorized',
    })
  })

  it('read a public bucket for anybody, with or without a token that holds', async () => {
    for (const init of [{}, bearer('nonsense'), bearer(on.aliceToken)]) {
      expect(await (await on.ask('/object/shown/hello.txt', init)).text()).toBe('hello world')
    }
    expect(await refusal(await on.ask('/object/public/shown/nothing.txt'))).toEqual(objectNotFound)
    expect(await refusal(await on.ask('/object/public/nowhere/hello.txt'))).toEqual(bucketNotFound)
  })

  it('read buckets that are called as a route is', async () => {
    await on.service.createBucket('public', { public: true })
    await on.service.from('public').upload('one.txt', 'one')
    await on.service.from('public').upload('folder/two.txt', 'two')
    expect(await (await on.ask('/object/public/one.txt')).text()).toBe('one')
    expect(await (await on.ask('/object/public/public/folder/two.txt')).text()).toBe('two')
    const secret = bearer(on.stack.line('SERVICE_ROLE_KEY'))
    expect(await (await on.ask('/object/authenticated/public/folder/two.txt', secret)).text()).toBe('two')
  })

  it('refuse names that no object has', async () => {
    const invalid = { status: 400, statusCode: '400', error: 'InvalidKey', code: 'InvalidKey' }
    expect(await refusal(await on.ask('/object/shown/a%00b'))).toMatchObject(invalid)
    expect(await refusal(await on.ask('/object/shown/'))).toMatchObject(invalid)
    expect(await refusal(await on.ask('/object/a%00b/c'))).toMatchObject({ code: 'InvalidBucketName' })
  })
})

describe('an answer', () => {
  it('says what the object is', async () => {
    const { headers } = await on.ask('/object/public/shown/hello.txt')
    expect(Object.fromEntries(headers)).toMatchObject({
      'accept-ranges': 'bytes',
      'cache-control': 'max-age=60',
      'content-length': '11',
      'content-type': 'text/plain',
      etag: '"5eb63bbbe01eeed093cb22bb8f5acdc3"',
      'last-modified': expect.stringMatching(/ GMT$/),
      'x-content-type-options': 'nosniff',
      'x-robots-tag': 'none',
    })
  })

  it('to HEAD is the same without the bytes', async () => {
    const [whole, head] = await Promise.all([
      on.ask('/object/public/shown/hello.txt'),
      on.ask('/object/public/shown/hello.txt', { method: 'HEAD' }),
    ])
    const names = ['content-length', 'content-type', 'etag', 'last-modified', 'cache-control', 'accept-ranges']
    const said = ({ status, headers }: Response) => [status, ...names.map((name) => headers.get(name))]
    expect(said(head)).toEqual(said(whole))
    expect(await head.text()).toBe('')
    const missing = await on.ask('/object/public/shown/nothing.txt', { method: 'HEAD' })
    expect([missing.status, await missing.text()]).toEqual([400, ''])
  })

  it('is a part where a part is asked for', async () => {
    const whole = [200, null, '11', 'hello world']
    expect(await partOf('bytes=0-4')).toEqual([206, 'bytes 0-4/11', '5', 'hello'])
    expect(await partOf('bytes=6-')).toEqual([206, 'bytes 6-10/11', '5', 'world'])
    expect(await partOf('bytes=-3')).toEqual([206, 'bytes 8-10/11', '3', 'rld'])
    expect(await partOf('bytes=0-1,4-5')).toEqual(whole)
    expect(await partOf('bytes=0-4', { 'if-range': '"another"' })).toEqual(whole)
    expect(await partOf('bytes=0-4', { 'if-range': '"5eb63bbbe01eeed093cb22bb8f5acdc3"' })).toContain(206)
  })

  it('refuses a part that is not there, and says how long the object is', async () => {
    const answer = await on.ask('/object/public/shown/hello.txt', { headers: { range: 'bytes=11-' } })
    expect(answer.headers.get('content-range')).toBe('bytes */11')
    expect(await refusal(answer)).toEqual({
      status: 416,
      statusCode: '416',
      error: 'invalid_range',
      message: 'invalid range provided',
      code: 'InvalidRange',
    })
  })

  it('has no bytes for whoever has them already', async () => {
    const first = await on.ask('/object/public/shown/hello.txt')
    const [etag, since] = [first.headers.get('etag') ?? '', first.headers.get('last-modified') ?? '']
    for (const headers of [{ 'if-none-match': etag }, { 'if-modified-since': since }]) {
      const answer = await on.ask('/object/public/shown/hello.txt', { headers })
      expect([answer.status, answer.headers.get('etag'), await answer.text()]).toEqual([304, etag, ''])
    }
    const failed = await on.ask('/object/public/shown/hello.txt', { headers: { 'if-match': '"another"' } })
    expect(await refusal(failed)).toMatchObject({ status: 412, code: 'PreconditionFailed' })
  })

  it('may be empty', async () => {
    await put('empty.txt', '', 'text/plain')
    const answer = await on.ask('/object/public/shown/empty.txt')
    expect([answer.status, answer.headers.get('content-length'), await answer.text()]).toEqual([200, '0', ''])
  })

  it('is whole where it is larger than what is read at once', async () => {
    const large = Buffer.alloc(3_000_000, 'abcdefg')
    await put('large.bin', large, 'application/octet-stream')
    const answer = await on.ask('/object/public/shown/large.bin')
    expect(Buffer.from(await answer.arrayBuffer()).equals(large)).toBe(true)
    const part = await on.ask('/object/public/shown/large.bin', { headers: { range: 'bytes=1000000-1999999' } })
    expect(Buffer.from(await part.arrayBuffer()).equals(large.subarray(1_000_000, 2_000_000))).toBe(true)
  })

  it('is never a page, and a drawing runs nothing where it is opened', async () => {
    await put('page.html', '<script>alert(1)</script>', 'text/html; charset=utf-8')
    await put('drawing.svg', '<svg xmlns="http://www.w3.org/2000/svg"/>', 'image/svg+xml')
    const page = await on.ask('/object/public/shown/page.html')
    expect(page.headers.get('content-type')).toBe('text/plain')
    const drawing = await on.ask('/object/public/shown/drawing.svg')
    expect(drawing.headers.get('content-type')).toBe('image/svg+xml')
    expect(drawing.headers.get('content-security-policy')).toContain('sandbox')
  })

  it('cannot be given headers by a name', async () => {
    const answer = await on.ask('/object/public/shown/hello.txt?download=a%0d%0aset-cookie:%20b=c%22;x')
    expect(answer.headers.get('set-cookie')).toBeNull()
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename=[\w%.!~*'()-]+; filename\*=/)
  })
})

describe('bytes that are not there', () => {
  const missing = {
    status: 400,
    statusCode: '404',
    error: 'Not found',
    message: 'The resource was not found',
    code: 'NoSuchKey',
  }

  it('are refused where SQL made the row', async () => {
    await on.sql.query(`insert into storage.objects (bucket_id, name) values ('shown', 'of-sql.txt')`)
    expect(await refusal(await on.ask('/object/public/shown/of-sql.txt'))).toEqual(missing)
  })

  it('are refused where they are gone', async () => {
    await put('gone.txt', 'soon gone', 'text/plain')
    const { rows } = await on.sql.query<{ version: string }>(
      `select version from storage.objects where name = 'gone.txt'`,
    )
    const version = rows[0]?.version ?? ''
    rmSync(join(on.stack.folder, '.tenon', 'storage', 'blobs', version.slice(0, 2), version))
    expect(await refusal(await on.ask('/object/public/shown/gone.txt'))).toEqual(missing)
  })
})

it('goes on serving others where a reader leaves in the middle', async () => {
  await put('endless.bin', Buffer.alloc(20_000_000, 'x'), 'application/octet-stream')
  const url = `${on.stack.line('API_URL')}/storage/v1/object/public/shown/endless.bin`
  await Promise.all(
    Array.from(
      { length: 8 },
      () =>
        new Promise<void>((done) =>
          get(url, (answer) => answer.once('data', () => answer.destroy()).once('close', done)),
        ),
    ),
  )
  const answer = await fetch(url)
  expect((await answer.arrayBuffer()).byteLength).toBe(20_000_000)
})

/** What is said in the body and beside it, whatever the bucket is called. */
async function inWords(answer: Response, bucket: string): Promise<string> {
  return `${await answer.text()} ${answer.headers.get('x-tenon-hint')}`.replaceAll(bucket, 'B')
}

it('answers what is hidden as what is not there, hints and all', async () => {
  const bob = bearer(await tokenOf(on.stack, { sub: 'user_bob' }))
  const said = async (path: string, name: string, init: RequestInit = {}): Promise<string> =>
    await inWords(await on.ask(`${path}/${name}`, init), name.split('/')[0] ?? '')
  for (const path of ['/object/authenticated', '/object', '/object/info'])
    expect(await said(path, 'kept/alice/notes.txt', bob)).toBe(await said(path, 'kept/alice/none.txt', bob))
  const hidden = await said('/object/public', 'kept/alice/notes.txt')
  expect(hidden).toBe(await said('/object/public', 'nowhere/alice/notes.txt'))
  expect(hidden).toContain('No public bucket')
})
