// move(), copy() and remove() of storage-js, and what the policies make of them.

import { createClient, type SupabaseClient } from '@supabase/supabase-js'
import { Client } from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'

import { tokenOf } from '../realtime/token-of.ts'
import { type RunningStack, startStack } from '../running-stack.ts'

type Storage = SupabaseClient['storage']

let stack: RunningStack
let sql: Client
let service: Storage
let ann: Storage
let bob: Storage

beforeAll(async () => {
  stack = await startStack({ empty: true })
  sql = new Client({ connectionString: stack.line('DB_URL') })
  await sql.connect()
  await sql.query(`
    insert into storage.buckets (id, name, quota) values ('files', 'files', null), ('other', 'other', null), ('tiny', 'tiny', 3);
    insert into storage.buckets (id, name, allowed_mime_types, file_size_limit) values ('pictures', 'pictures', '{image/*}', 100);
    create policy own on storage.objects for all to authenticated
      using (owner_id = (select auth.jwt() ->> 'sub') and name not like 'kept/%')
      with check (owner_id = (select auth.jwt() ->> 'sub') and bucket_id = 'files');
    create policy seen on storage.objects for select to authenticated
      using (name like 'kept/%' or name like 'shared/%')`)
  service = createClient(stack.line('API_URL'), stack.line('SECRET_KEY')).storage
  ann = person('user_ann')
  bob = person('user_bob')
})
beforeEach(async () => {
  await sql.query(`
    begin; select set_config('storage.allow_delete_query', 'true', true); delete from storage.objects; commit`)
})
afterAll(async () => {
  await sql.end()
  await stack[Symbol.asyncDispose]()
})

function person(sub: string): Storage {
  return createClient(stack.line('API_URL'), stack.line('PUBLISHABLE_KEY'), {
    accessToken: async () => await tokenOf(stack, { sub, role: 'authenticated' }),
  }).storage
}

async function put(storage: Storage, name: string, bucket = 'files'): Promise<void> {
  const { error } = await storage.from(bucket).upload(name, `bytes of ${name}`, { metadata: { note: name } })
  if (error !== null) throw error
}

async function keep(name: string, bytes: string | Buffer, contentType: string): Promise<void> {
  const { error } = await service.from('files').upload(name, bytes, { contentType })
  if (error !== null) throw error
}

async function movedToPictures(name: string): Promise<unknown> {
  return (await service.from('files').move(name, name, { destinationBucket: 'pictures' })).error
}

async function textOf(name: string, bucket = 'files'): Promise<string | undefined> {
  const { data } = await service.from(bucket).download(name)
  return await data?.text()
}

async function owners(): Promise<unknown> {
  const { rows } = await sql.query(`select bucket_id || '/' || name as key, owner_id from storage.objects order by 1`)
  return Object.fromEntries(rows.map(({ key, owner_id }: { key: string; owner_id: string | null }) => [key, owner_id]))
}

describe('move', () => {
  test('gives an object another name, and leaves its bytes and its id', async () => {
    await put(ann, 'a.txt')
    const { data: before } = await ann.from('files').info('a.txt')
    expect((await ann.from('files').move('a.txt', 'b/c.txt')).data).toEqual({
      message: 'Successfully moved',
      Id: before?.id,
      Key: 'b/c.txt',
    })
    expect(await textOf('b/c.txt')).toBe('bytes of a.txt')
    expect(await textOf('a.txt')).toBeUndefined()
  })

  test('goes to another bucket', async () => {
    await put(service, 'a.txt')
    await service.from('files').move('a.txt', 'a.txt', { destinationBucket: 'other' })
    expect(await owners()).toEqual({ 'other/a.txt': null })
  })

  test('makes whoever moves it the owner, but for a key', async () => {
    await put(ann, 'a.txt')
    await service.from('files').move('a.txt', 'b.txt')
    expect(await owners()).toEqual({ 'files/b.txt': 'user_ann' })
  })

  test.each([
    ['a name that is taken', 'a.txt', 'taken.txt', 'files', '409', 'The resource already exists'],
    ['a name that is none', 'a.txt', 'ä.txt', 'files', '400', 'Invalid key: ä.txt'],
    ['an object that is not there', 'gone.txt', 'b.txt', 'files', '404', 'Object not found'],
    ['a bucket that is not there', 'a.txt', 'b.txt', 'nowhere', '404', 'Bucket not found'],
    ['a bucket that would be more than full', 'a.txt', 'b.txt', 'tiny', '413', 'The bucket tiny holds at most 3 bytes'],
  ])('is refused for %s', async (_, from, to, destinationBucket, statusCode, message) => {
    await put(service, 'a.txt')
    await put(service, 'taken.txt')
    const { error } = await service.from('files').move(from, to, { destinationBucket })
    expect(error).toMatchObject({ statusCode, message })
    expect(await owners()).toEqual({ 'files/a.txt': null, 'files/taken.txt': null })
  })

  test('leaves the metadata of a person’s own out where it is not copied', async () => {
    await put(service, 'a.txt')
    expect(await copyWith({}, { copyMetadata: false })).toBe(200)
    expect((await service.from('files').info('b.txt')).data).toMatchObject({ metadata: null })
  })

  test.each([
    ['what she does not see', 'bob.txt', 'mine.txt', 'files', '404', 'Object not found'],
    ['what she sees and may not change', 'kept/a.txt', 'mine.txt', 'files', '404', 'Object not found'],
    [
      'into a bucket that is not hers',
      'own.txt',
      'own.txt',
      'other',
      '403',
      'new row violates row-level security policy',
    ],
  ])('is refused to a person for %s', async (_, from, to, destinationBucket, statusCode, message) => {
    await put(bob, 'bob.txt')
    await put(service, 'kept/a.txt')
    await put(ann, 'own.txt')
    const before = await owners()
    const { error } = await ann.from('files').move(from, to, { destinationBucket })
    expect(error).toMatchObject({ statusCode, message })
    expect(await owners()).toEqual(before)
  })

  test('tells a person who may not write there nothing of the limits of a bucket, nor whether it is there', async () => {
    await keep('large.html', Buffer.alloc(200, '<p>'), 'text/html')
    await sql.query(`update storage.objects set owner_id = 'user_ann'`)
    for (const destinationBucket of ['pictures', 'tiny', 'other', 'nowhere']) {
      const { error } = await ann.from('files').move('large.html', 'large.html', { destinationBucket })
      expect(error).toMatchObject({ statusCode: '403', message: 'new row violates row-level security policy' })
    }
    expect(await owners()).toEqual({ 'files/large.html': 'user_ann' })
  })
})

describe('a bucket that takes pictures alone, and small ones', () => {
  const page = '<!doctype html><script>1</script>'
  const picture = Buffer.from('89504e470d0a1a0a0000000d49484452000000010000000108020000009077', 'hex')

  test('takes no other types by a move, by what is said of them and by what they are', async () => {
    await keep('page.html', page, 'text/html')
    await keep('page.png', page, 'image/png')
    await keep('a.png', picture, 'image/png')
    const refused = { statusCode: '415', message: 'mime type text/html is not supported' }
    expect([await movedToPictures('page.html'), await movedToPictures('page.png')]).toMatchObject([refused, refused])
    expect(await movedToPictures('a.png')).toBe(null)
    expect(Object.keys((await owners()) as object)).toEqual(['files/page.html', 'files/page.png', 'pictures/a.png'])
  })

  test('takes none that is too large by a move', async () => {
    await keep('large.png', Buffer.concat([picture, Buffer.alloc(100)]), 'image/png')
    expect(await movedToPictures('large.png')).toMatchObject({ statusCode: '413' })
    expect(await owners()).toEqual({ 'files/large.png': null })
  })

  test('takes no page by a copy that says it is a picture', async () => {
    await keep('page.html', page, 'text/html')
    const said = { destinationBucket: 'pictures', copyMetadata: false, metadata: { mimetype: 'image/png' } }
    expect(await copyWith({}, { sourceKey: 'page.html', ...said })).toBe(400)
    expect(Object.keys((await owners()) as object)).toEqual(['files/page.html'])
  })
})

describe('copy', () => {
  test('makes another object with bytes of its own, owned by whoever copies', async () => {
    await put(service, 'shared/a.txt')
    expect((await ann.from('files').copy('shared/a.txt', 'mine.txt')).data).toMatchObject({ path: 'files/mine.txt' })
    await service.from('files').remove(['shared/a.txt'])
    expect(await textOf('mine.txt')).toBe('bytes of shared/a.txt')
    expect(await owners()).toEqual({ 'files/mine.txt': 'user_ann' })
    expect((await service.from('files').info('mine.txt')).data?.metadata).toEqual({ note: 'shared/a.txt' })
  })

  test('takes the place of another object only with x-upsert', async () => {
    await put(service, 'a.txt')
    await put(service, 'b.txt')
    expect((await service.from('files').copy('a.txt', 'b.txt')).error).toMatchObject({ statusCode: '409' })
    expect(await copyWith({ 'x-upsert': 'true' }, {})).toBe(200)
    expect(await textOf('b.txt')).toBe('bytes of a.txt')
  })

  test('sets what is said where the metadata is not copied, and leaves the type that is not', async () => {
    await put(service, 'a.txt')
    const userMetadata = Buffer.from('{"fresh":true}').toString('base64')
    const said = { copyMetadata: false, metadata: { cacheControl: 'max-age=5' } }
    expect(await copyWith({ 'x-metadata': userMetadata }, said)).toBe(200)
    expect((await service.from('files').info('b.txt')).data).toMatchObject({
      cacheControl: 'max-age=5',
      contentType: 'text/plain;charset=UTF-8',
      metadata: { fresh: true },
    })
  })

  test.each([
    ['what she does not see', 'bob.txt', 'mine.txt', 'files', '404', 'Object not found'],
    [
      'into a bucket that is not hers',
      'shared/a.txt',
      'a.txt',
      'other',
      '403',
      'new row violates row-level security policy',
    ],
    ['into a bucket that is not there', 'shared/a.txt', 'a.txt', 'nowhere', '404', 'Bucket not found'],
  ])('is refused to a person for %s', async (_, from, to, destinationBucket, statusCode, message) => {
    await put(bob, 'bob.txt')
    await put(service, 'shared/a.txt')
    const { error } = await ann.from('files').copy(from, to, { destinationBucket })
    expect(error).toMatchObject({ statusCode, message })
  })
})

describe('remove', () => {
  test('deletes many, tells which, and leaves out what is not there or not the caller’s', async () => {
    for (const name of ['a.txt', 'b.txt', 'c.txt']) await put(ann, name)
    await put(bob, 'bob.txt')
    await put(service, 'kept/a.txt')
    const { data } = await ann.from('files').remove(['a.txt', 'b.txt', 'gone.txt', 'bob.txt', 'kept/a.txt'])
    expect(data?.map(({ name }) => name).sort()).toEqual(['a.txt', 'b.txt'])
    expect(data?.[0]).toMatchObject({ bucket_id: 'files', owner_id: 'user_ann', metadata: { size: 14 } })
    expect(await owners()).toEqual({ 'files/bob.txt': 'user_bob', 'files/c.txt': 'user_ann', 'files/kept/a.txt': null })
  })

  test.each([
    ['one’s own', 'a.txt', 200, { message: 'Successfully deleted' }],
    ['what is not seen', 'bob.txt', 400, { statusCode: '404', code: 'NoSuchKey', message: 'Object not found' }],
    ['what is seen', 'kept/a.txt', 400, { statusCode: '403', code: 'AccessDenied', message: 'Access denied' }],
  ])('deletes one by its path: %s', async (_, name, status, body) => {
    await put(ann, 'a.txt')
    await put(bob, 'bob.txt')
    await put(service, 'kept/a.txt')
    const answer = await fetch(`${stack.line('API_URL')}/storage/v1/object/files/${name}`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${await tokenOf(stack, { sub: 'user_ann', role: 'authenticated' })}` },
    })
    expect(answer.status).toBe(status)
    expect(await answer.json()).toMatchObject(body)
  })

  test.each([
    [[], 'body/prefixes must NOT have fewer than 1 items'],
    [Array.from({ length: 1001 }, () => 'x'), 'body/prefixes must NOT have more than 1000 items'],
  ])('is refused for a list that is too short or too long', async (names, message) => {
    expect((await service.from('files').remove(names)).error).toMatchObject({ statusCode: '400', message })
  })
})

async function copyWith(headers: Record<string, string>, more: object): Promise<number> {
  const answer = await fetch(`${stack.line('API_URL')}/storage/v1/object/copy`, {
    method: 'POST',
    headers: { ...headers, authorization: `Bearer ${stack.line('SERVICE_ROLE_KEY')}` },
    body: JSON.stringify({ bucketId: 'files', sourceKey: 'a.txt', destinationKey: 'b.txt', ...more }),
  })
  return answer.status
}

test.each([
  ['POST', '/object/move', { bucketId: 'files', sourceKey: 'a\0', destinationKey: 'b' }],
  ['POST', '/object/copy', { bucketId: 'files\0', sourceKey: 'a', destinationKey: 'b' }],
  ['POST', '/object/list/files', { prefix: 'a\0' }],
  ['POST', '/object/list/files%00', { prefix: 'a' }],
  ['POST', '/object/files%00/a', {}],
  ['GET', '/bucket/files%00', undefined],
])('a text with U+0000 is refused as a request: %s %s', async (method, path, body) => {
  const answer = await fetch(`${stack.line('API_URL')}/storage/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${stack.line('SERVICE_ROLE_KEY')}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  expect([answer.status, ((await answer.json()) as { statusCode: string }).statusCode]).toEqual([400, '400'])
})

test('a token whose sub has U+0000 is refused as a request', async () => {
  const { error } = await person('user\0').from('files').list()
  expect(error).toMatchObject({ status: 400, statusCode: '400' })
})
