// Every bucket method of storage-js, and what its answers are on the wire.

import { createClient, type SupabaseClient } from '@supabase/supabase-js'
import { Client } from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'

import { tokenOf } from '../realtime/token-of.ts'
import { type RunningStack, startStack } from '../running-stack.ts'

let stack: RunningStack
let sql: Client
let service: SupabaseClient['storage']
let anon: SupabaseClient['storage']

beforeAll(async () => {
  stack = await startStack({ empty: true })
  sql = new Client({ connectionString: stack.line('DB_URL') })
  await sql.connect()
  service = createClient(stack.line('API_URL'), stack.line('SECRET_KEY')).storage
  anon = createClient(stack.line('API_URL'), stack.line('PUBLISHABLE_KEY')).storage
})
beforeEach(async () => {
  await sql.query(`
    begin; select set_config('storage.allow_delete_query', 'true', true);
    delete from storage.s3_multipart_uploads; delete from storage.objects; delete from storage.buckets; commit`)
})
afterAll(async () => {
  await sql.end()
  await stack[Symbol.asyncDispose]()
})

interface Answer {
  readonly status: number
  readonly body: unknown
}

/** Without the SDK, which hides what it does not know. */
async function send(method: string, path: string, token: string | null, body?: unknown): Promise<Response> {
  return await fetch(`${stack.line('API_URL')}/storage/v1${path}`, {
    method,
    headers: {
      ...(token !== null && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
}

async function ask(...asked: Parameters<typeof send>): Promise<Answer> {
  const response = await send(...asked)
  const answered: unknown = await response.json()
  return { status: response.status, body: answered }
}

async function hintOf(...asked: Parameters<typeof send>): Promise<string | null> {
  return (await send(...asked)).headers.get('x-tenon-hint')
}

const serviceKey = (): string => stack.line('SERVICE_ROLE_KEY')

const refused = (statusCode: string, error: string, code: string, message: unknown): Answer => ({
  status: 400,
  body: { statusCode, error, code, message },
})

describe('createBucket', () => {
  test('makes a private bucket, and answers with its name', async () => {
    expect(await service.createBucket('avatars')).toEqual({ data: { name: 'avatars' }, error: null })
    expect((await service.getBucket('avatars')).data).toEqual({
      id: 'avatars',
      name: 'avatars',
      owner: '',
      public: false,
      file_size_limit: null,
      allowed_mime_types: null,
      created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      updated_at: expect.stringMatching(/Z$/),
    })
  })

  test.each([
    [1000, 1000],
    ['1MB', 1_000_000],
    ['1.5kb', 1500],
    ['20000', 20_000],
    [0, 0],
    [null, null],
  ])('reads a size of %j as %j bytes', async (fileSizeLimit, bytes) => {
    const made = await service.createBucket('sized', { public: true, fileSizeLimit })
    expect(made.error).toBeNull()
    expect((await service.getBucket('sized')).data).toMatchObject({ public: true, file_size_limit: bytes })
  })

  test('keeps the types that it is limited to', async () => {
    const allowedMimeTypes = ['image/*', 'text/html; charset=utf-8', 'application/vnd.a+json']
    await service.createBucket('typed', { public: false, allowedMimeTypes })
    expect((await service.getBucket('typed')).data?.allowed_mime_types).toEqual(allowedMimeTypes)
  })

  test('knows a quota, which is ours', async () => {
    await ask('POST', '/bucket', serviceKey(), { name: 'bounded', quota: '2MB' })
    expect((await ask('GET', '/bucket/bounded', serviceKey())).body).toMatchObject({ quota: 2_000_000 })
    await ask('PUT', '/bucket/bounded', serviceKey(), { quota: null })
    expect((await ask('GET', '/bucket/bounded', serviceKey())).body).not.toHaveProperty('quota')
  })

  test('refuses a second of that name or that id', async () => {
    await service.createBucket('avatars')
    const { error } = await service.createBucket('avatars')
    expect(error).toMatchObject({ status: 400, statusCode: '409', message: 'The resource already exists' })
    expect(await ask('POST', '/bucket', serviceKey(), { id: 'other', name: 'avatars' })).toEqual(
      refused('409', 'Duplicate', 'BucketAlreadyExists', 'The resource already exists'),
    )
  })

  test.each(['new/bucket', ' around', 'around ', 'ünïcode', 'a'.repeat(101), 'a\nb', 'mine--table-s3'])(
    'refuses the name %j',
    async (name) => {
      const invalid = refused('400', 'Invalid Input', 'InvalidBucketName', 'Bucket name invalid')
      expect(await ask('POST', '/bucket', serviceKey(), { name })).toEqual(invalid)
    },
  )

  const units = '^[0-9]+(?:\\.[0-9]+)?(?:[gG][bB]|[mM][bB]|[kK][bB]|[bB])$'
  const noSize = `body/file_size_limit must match pattern "${units}", body/file_size_limit must match a schema in anyOf`
  test.each([
    [{}, "body must have required property 'name'"],
    [{ name: 'a', public: 'perhaps' }, 'body/public must be boolean'],
    [{ name: 'a', type: 'OTHER' }, 'body/type must be equal to one of the allowed values'],
    [
      { name: 'a', file_size_limit: '3 apples' },
      `body/file_size_limit must be integer, body/file_size_limit must pass "finite" keyword validation, ${noSize}`,
    ],
    [{ name: 'a', file_size_limit: 1.5 }, `body/file_size_limit must be integer, ${noSize}`],
    [{ name: 'a', file_size_limit: -1 }, `body/file_size_limit must be >= 0, ${noSize}`],
    [{ name: 'a', allowed_mime_types: {} }, 'body/allowed_mime_types must be array'],
  ])('refuses the body %j', async (body, message) => {
    expect(await ask('POST', '/bucket', serviceKey(), body)).toEqual(refused('400', 'Error', 'InvalidRequest', message))
  })

  test.each([
    [undefined, '', 'Error', 'body must be object'],
    ['text/plain', 'name', 'Error', 'body must be object'],
    ['application/json', '', 'FastifyError', "Body cannot be empty when content-type is set to 'application/json'"],
    [
      'application/json; charset=utf-8',
      '{"name":',
      'FastifyError',
      "Body is not valid JSON but content-type is set to 'application/json'",
    ],
  ])('refuses what is no body: %j, %j', async (type, body, error, message) => {
    const headers = { authorization: `Bearer ${serviceKey()}`, ...(type !== undefined && { 'content-type': type }) }
    const sent = Buffer.from(body)
    const response = await fetch(`${stack.line('API_URL')}/storage/v1/bucket`, { method: 'POST', headers, body: sent })
    expect(response.status).toBe(400)
    expect(await response.json()).toEqual({ statusCode: '400', error, code: 'InvalidRequest', message })
  })

  test('takes a simple value for the one that is meant', async () => {
    const body = { name: 7, public: 'true', file_size_limit: '1000', allowed_mime_types: 'image/png' }
    expect(await ask('POST', '/bucket', serviceKey(), body)).toEqual({ status: 200, body: { name: '7' } })
    const made = { public: true, file_size_limit: 1000, allowed_mime_types: ['image/png'] }
    expect((await service.getBucket('7')).data).toMatchObject(made)
  })

  test('refuses more than the project allows an object, and what is no type', async () => {
    const message = 'The object exceeded the maximum allowed size'
    expect(await ask('POST', '/bucket', serviceKey(), { name: 'a', file_size_limit: '1GB' })).toEqual(
      refused('413', 'Payload too large', 'EntityTooLarge', message),
    )
    expect(await ask('POST', '/bucket', serviceKey(), { name: 'a', allowed_mime_types: ['image'] })).toEqual(
      refused('415', 'invalid_mime_type', 'InvalidMimeType', 'mime type image is not supported'),
    )
  })

  test('says of analytics buckets that there are none', async () => {
    const { error } = await service.createBucket('lake', { public: false, type: 'ANALYTICS' })
    expect(error).toMatchObject({ status: 400, message: expect.stringContaining('iceberg_catalog') })
  })
})

const names = async (options?: Parameters<SupabaseClient['storage']['listBuckets']>[0]): Promise<unknown> =>
  (await service.listBuckets(options)).data?.map((bucket) => bucket.name)

describe('listBuckets', () => {
  beforeEach(async () => {
    for (const name of ['beta', 'alpha', 'gamma_1', 'gammaX1']) await service.createBucket(name)
  })
  test('lists all in the order of their making, with their type', async () => {
    expect(await names()).toEqual(['beta', 'alpha', 'gamma_1', 'gammaX1'])
    expect((await service.listBuckets()).data?.[0]).toMatchObject({ id: 'beta', type: 'STANDARD', public: false })
  })

  test('sorts, and lists a page', async () => {
    expect(await names({ sortColumn: 'name', sortOrder: 'asc', limit: 2 })).toEqual(['alpha', 'beta'])
    expect(await names({ sortColumn: 'name', sortOrder: 'desc', limit: 1, offset: 3 })).toEqual(['alpha'])
  })

  test('searches in any case, and takes the signs of LIKE as they are', async () => {
    expect(await names({ search: 'ETA' })).toEqual(['beta'])
    expect(await names({ search: 'a_1' })).toEqual(['gamma_1'])
    expect(await names({ search: '%' })).toEqual([])
  })

  test.each([
    ['limit=0', 'querystring/limit must be >= 1'],
    ['offset=-1', 'querystring/offset must be >= 0'],
    ['limit=many', 'querystring/limit must be integer'],
    ['sortColumn=owner', 'querystring/sortColumn must be equal to one of the allowed values'],
  ])('refuses %s', async (query, message) => {
    expect(await ask('GET', `/bucket?${query}`, serviceKey())).toEqual(
      refused('400', 'Error', 'InvalidRequest', message),
    )
  })
})

describe('updateBucket', () => {
  test('changes what is said, and leaves the rest', async () => {
    await service.createBucket('avatars', { public: false, fileSizeLimit: 100, allowedMimeTypes: ['image/png'] })
    expect(await service.updateBucket('avatars', { public: true })).toEqual({
      data: { message: 'Successfully updated' },
      error: null,
    })
    const changed = { public: true, file_size_limit: 100, allowed_mime_types: ['image/png'] }
    expect((await service.getBucket('avatars')).data).toMatchObject(changed)
    await service.updateBucket('avatars', { public: true, fileSizeLimit: null, allowedMimeTypes: null })
    expect((await service.getBucket('avatars')).data).toMatchObject({ file_size_limit: null, allowed_mime_types: null })
  })

  test('refuses a change of nothing, and of what is not there', async () => {
    await service.createBucket('avatars')
    expect(await ask('PUT', '/bucket/avatars', serviceKey(), {})).toMatchObject({ status: 400 })
    expect(await ask('PUT', '/bucket/nowhere', serviceKey(), { public: true })).toEqual(
      refused('404', 'Bucket not found', 'NoSuchBucket', 'Bucket not found'),
    )
  })
})

describe('emptyBucket and deleteBucket', () => {
  beforeEach(async () => {
    await service.createBucket('full')
    await sql.query(
      `insert into storage.objects (bucket_id, name) select 'full', 'a/' || n from generate_series(1, 2500) n`,
    )
  })

  test('a bucket with objects is not deleted; once it is emptied it is', async () => {
    expect(await ask('DELETE', '/bucket/full', serviceKey())).toEqual(
      refused('409', 'ResourceNotEmpty', 'ResourceNotEmpty', 'The bucket you tried to delete is not empty'),
    )
    expect(await service.emptyBucket('full')).toEqual({
      data: { message: 'Empty bucket has been queued. Completion may take up to an hour.' },
      error: null,
    })
    expect((await sql.query('select from storage.objects')).rowCount).toBe(0)
    expect(await service.deleteBucket('full')).toEqual({ data: { message: 'Successfully deleted' }, error: null })
    expect((await service.getBucket('full')).error).toMatchObject({ statusCode: '404', message: 'Bucket not found' })
  })

  test('a bucket whose upload is still going on is not deleted', async () => {
    await service.emptyBucket('full')
    await sql.query(`insert into storage.s3_multipart_uploads (id, upload_signature, bucket_id, key, version)
      values ('u', 's', 'full', 'k', 'v')`)
    expect(await ask('DELETE', '/bucket/full', serviceKey())).toEqual(
      refused('409', 'ResourceReferenced', 'ResourceReferenced', expect.stringContaining('pending multipart upload')),
    )
  })

  test('only a server may empty, and that is said with the true status', async () => {
    const answer = await ask('POST', '/bucket/full/empty', await tokenOf(stack, { sub: 'user_ann' }), {})
    expect(answer.status).toBe(403)
    expect(answer.body).toMatchObject({
      error: 'Unauthorized',
      code: 'AccessDenied',
      message: 'Access denied: Invalid role',
    })
    expect((await anon.emptyBucket('full')).error).toMatchObject({ status: 403 })
    expect((await sql.query('select from storage.objects')).rowCount).toBe(2500)
  })

  test('what is not there is neither emptied nor deleted', async () => {
    const missing = refused('404', 'Bucket not found', 'NoSuchBucket', 'Bucket not found')
    expect(await ask('POST', '/bucket/nowhere/empty', serviceKey())).toEqual(missing)
    expect(await ask('DELETE', '/bucket/nowhere', serviceKey())).toEqual(missing)
  })
})

describe('the policies on storage.buckets', () => {
  const missing = refused('404', 'Bucket not found', 'NoSuchBucket', 'Bucket not found')
  let ann: string
  beforeAll(async () => {
    ann = await tokenOf(stack, { sub: 'user_ann' })
    await sql.query(`
      create policy "own buckets" on storage.buckets for select to authenticated
        using (owner_id = (select auth.jwt() ->> 'sub'));
      create policy "ann makes" on storage.buckets for insert to authenticated
        with check (owner_id = 'user_ann' and storage.allow_only_operation('bucket.create'));
      create policy "ann changes" on storage.buckets for update to authenticated
        using (owner_id = (select auth.jwt() ->> 'sub'));
      create policy "ann deletes" on storage.buckets for delete to authenticated
        using (owner_id = (select auth.jwt() ->> 'sub'))`)
  })
  afterAll(async () => {
    await sql.query(`drop policy "own buckets" on storage.buckets; drop policy "ann makes" on storage.buckets;
      drop policy "ann changes" on storage.buckets; drop policy "ann deletes" on storage.buckets`)
  })

  test('let somebody with a Clerk id make, see, change and delete her own', async () => {
    expect(await ask('POST', '/bucket', ann, { name: 'anns' })).toEqual({ status: 200, body: { name: 'anns' } })
    const { rows } = await sql.query<object>('select owner, owner_id from storage.buckets')
    expect(rows).toEqual([{ owner: null, owner_id: 'user_ann' }])
    expect((await ask('GET', '/bucket/anns', ann)).status).toBe(200)
    expect((await ask('PUT', '/bucket/anns', ann, { public: true })).status).toBe(200)
    expect((await ask('DELETE', '/bucket/anns', ann)).status).toBe(200)
  })

  test('keep what is hers from everybody else', async () => {
    await ask('POST', '/bucket', ann, { name: 'anns' })
    for (const other of [await tokenOf(stack, { sub: 'user_bob' }), stack.line('ANON_KEY')]) {
      expect(await ask('GET', '/bucket', other)).toEqual({ status: 200, body: [] })
      expect(await ask('GET', '/bucket/anns', other)).toEqual(missing)
      expect(await ask('PUT', '/bucket/anns', other, { public: true })).toEqual(missing)
      expect(await ask('DELETE', '/bucket/anns', other)).toEqual(missing)
      expect(await ask('POST', '/bucket', other, { name: 'others' })).toEqual(
        refused('403', 'Unauthorized', 'AccessDenied', 'new row violates row-level security policy'),
      )
    }
  })

  test('say by their names what let nobody through, and tell of no row', async () => {
    await ask('POST', '/bucket', ann, { name: 'anns' })
    const bob = await tokenOf(stack, { sub: 'user_bob' })
    expect(await hintOf('POST', '/bucket', bob, { name: 'bobs' })).toBe(
      'The policies on storage.buckets for insert to authenticated do not hold: "ann makes"',
    )
    const hidden = await hintOf('GET', '/bucket/anns', bob)
    expect(hidden).toMatch(/^If it is there: .* do not hold: "own buckets"$/)
    expect(await hintOf('GET', '/bucket/nowhere', bob)).toBe(hidden)
  })

  test('a UUID as subject is the owner in both columns', async () => {
    const sub = '4d56e902-f0a0-4662-8448-a4d9e643c142'
    await sql.query(`create policy "anybody makes" on storage.buckets for insert to authenticated with check (true)`)
    await ask('POST', '/bucket', await tokenOf(stack, { sub }), { name: 'with-uuid' })
    const { rows } = await sql.query<object>('select owner, owner_id from storage.buckets')
    expect(rows).toEqual([{ owner: sub, owner_id: sub }])
    await sql.query('drop policy "anybody makes" on storage.buckets')
  })
})

describe('what monitors ask', () => {
  test('is answered to anybody, but for whether Storage is well', async () => {
    expect((await send('GET', '/status', null)).status).toBe(200)
    expect(await (await send('GET', '/version', null)).text()).toMatch(/^\d+\.\d+\.\d+/)
    for (const [token, message] of [
      [null, 'Invalid Compact JWS'],
      ['not-a-jwt', 'Invalid Compact JWS'],
      [await tokenOf(stack, { nbf: 4_000_000_000 }), '"nbf" claim timestamp check failed'],
    ] as const)
      expect(await ask('GET', '/health', token)).toEqual(refused('403', 'Unauthorized', 'AccessDenied', message))
  })

  test('is answered by what the database says', async () => {
    const key = stack.line('PUBLISHABLE_KEY')
    const asked = await fetch(`${stack.line('API_URL')}/storage/v1/health`, { headers: { apikey: key } })
    expect([asked.status, await asked.json()]).toEqual([200, { healthy: true }])
    await sql.query('alter table storage.buckets rename to elsewhere')
    try {
      expect(await ask('GET', '/health', stack.line('ANON_KEY'))).toEqual({ status: 200, body: { healthy: false } })
    } finally {
      await sql.query('alter table storage.elsewhere rename to buckets')
    }
    expect(await ask('GET', '/health', stack.line('ANON_KEY'))).toEqual({ status: 200, body: { healthy: true } })
  })
})
