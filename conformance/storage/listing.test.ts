// list() and listV2() of storage-js: folders, pages, orders, and what the policies show.

import { createClient, type SupabaseClient } from '@supabase/supabase-js'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { tokenOf } from '../realtime/token-of.ts'
import { type RunningStack, startStack } from '../running-stack.ts'

type Storage = SupabaseClient['storage']

let stack: RunningStack
let sql: Client
let service: Storage

/** In the order of their making. */
const NAMES = [
  'zebra.txt',
  'Apple.txt',
  'folder/b.txt',
  'folder/a.txt',
  'folder/Cherry.txt',
  'folder/deep/er/x.txt',
  'folder.txt',
  'folder-2/y.txt',
  'ann/own.txt',
  '1_0/z.txt',
]

beforeAll(async () => {
  stack = await startStack({ empty: true })
  sql = new Client({ connectionString: stack.line('DB_URL') })
  await sql.connect()
  await sql.query(`
    insert into storage.buckets (id, name) values ('files', 'files');
    create policy own on storage.objects for select to authenticated
      using ((storage.foldername(name))[1] = (select auth.jwt() ->> 'sub'))`)
  service = createClient(stack.line('API_URL'), stack.line('SECRET_KEY')).storage
  for (const name of NAMES) await service.from('files').upload(name, name)
})
afterAll(async () => {
  await sql.end()
  await stack[Symbol.asyncDispose]()
})

test('shows the files and folders of the root by name, in any case', async () => {
  const { data } = await service.from('files').list()
  const names = ['1_0', 'ann', 'Apple.txt', 'folder-2', 'folder.txt', 'folder', 'zebra.txt']
  // A folder stands where its slash would.
  expect(data?.map(({ name }) => name)).toEqual(names)
})

test('shows a folder without id and metadata, and a file with both', async () => {
  const { data } = await service.from('files').list('folder')
  expect(data?.map(({ name }) => name)).toEqual(['a.txt', 'b.txt', 'Cherry.txt', 'deep'])
  expect(data?.at(-1)).toEqual({
    name: 'deep',
    id: null,
    updated_at: null,
    created_at: null,
    last_accessed_at: null,
    metadata: null,
  })
  expect(data?.[0]).toEqual({
    name: 'a.txt',
    id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    updated_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    created_at: expect.stringMatching(/Z$/),
    last_accessed_at: expect.stringMatching(/Z$/),
    metadata: expect.objectContaining({ size: 12, mimetype: 'text/plain;charset=UTF-8', cacheControl: 'max-age=3600' }),
  })
})

test('goes on by offset', async () => {
  const all = (await service.from('files').list('folder')).data?.map(({ name }) => name)
  const pages = await Promise.all(
    [0, 1, 2, 3, 4].map(async (offset) => (await service.from('files').list('folder', { limit: 1, offset })).data),
  )
  expect(pages.flat().map((entry) => entry?.name)).toEqual(all)
})

test('sorts by a time, folders first', async () => {
  const sortBy = { column: 'created_at', order: 'desc' }
  const { data } = await service.from('files').list('folder', { sortBy })
  expect(data?.map(({ name }) => name)).toEqual(['deep', 'Cherry.txt', 'a.txt', 'b.txt'])
})

test('searches what begins so, in any case', async () => {
  const { data } = await service.from('files').list('folder', { search: 'ch' })
  expect(data?.map(({ name }) => name)).toEqual(['Cherry.txt'])
})

test('takes signs of patterns as they are', async () => {
  expect((await service.from('files').list('1_0')).data?.map(({ name }) => name)).toEqual(['z.txt'])
  expect((await service.from('files').list('fold_r')).data).toEqual([])
  expect((await service.from('files').list('', { search: '_older' })).data).toEqual([])
})

test.each(['files', 'no-such-bucket'])('shows nothing of %s to whom no policy shows anything', async (bucket) => {
  const anon = createClient(stack.line('API_URL'), stack.line('PUBLISHABLE_KEY')).storage
  expect(await anon.from(bucket).list()).toEqual({ data: [], error: null })
  expect((await anon.from(bucket).listV2()).data).toEqual({ hasNext: false, folders: [], objects: [] })
})

test('shows a caller what the policies show it, folders too', async () => {
  const ann = createClient(stack.line('API_URL'), stack.line('PUBLISHABLE_KEY'), {
    accessToken: async () => await tokenOf(stack, { sub: 'ann', role: 'authenticated' }),
  }).storage
  expect((await ann.from('files').list()).data?.map(({ name }) => name)).toEqual(['ann'])
  expect((await ann.from('files').listV2({ with_delimiter: true })).data?.folders).toMatchObject([{ name: 'ann/' }])
})

test('listV2 shows whole names in the order of their bytes', async () => {
  const { data } = await service.from('files').listV2({ prefix: 'folder' })
  expect(data?.objects.map(({ name }) => name)).toEqual(NAMES.filter((name) => name.startsWith('folder')).sort())
  expect(data?.hasNext).toBe(false)
})

test.each([
  ['', 'name'],
  ['folder/', 'name'],
  ['', 'created_at'],
  ['folder/', 'created_at'],
] as const)('listV2 names entries beside folders by their last segment, too: in %j, by %s', async (prefix, column) => {
  const { data } = await service
    .from('files')
    .listV2({ prefix, with_delimiter: true, sortBy: { column, order: 'asc' } })
  expect(data?.objects.length).toBeGreaterThan(0)
  for (const { name, key } of data?.objects ?? []) expect(name).toBe(`${prefix}${key}`)
  for (const { name, key } of data?.folders ?? []) expect(name).toBe(`${prefix}${key}/`)
})

test.each([
  [false, 'name', 'asc'],
  [false, 'name', 'desc'],
  [false, 'created_at', 'asc'],
  [false, 'updated_at', 'desc'],
  [true, 'name', 'asc'],
  [true, 'name', 'desc'],
  [true, 'created_at', 'asc'],
  [true, 'updated_at', 'desc'],
] as const)('listV2 goes on by cursor: folders %s, by %s %s', async (withDelimiter, column, order) => {
  const options = { with_delimiter: withDelimiter, sortBy: { column, order } }
  const whole = await pageOf(options)
  const seen: string[] = []
  let cursor: string | undefined
  do {
    const page = await pageOf({ ...options, limit: 2, ...(cursor !== undefined && { cursor }) })
    seen.push(...page.names)
    cursor = page.next
  } while (cursor !== undefined)
  expect(new Set(seen).size).toBe(seen.length)
  expect([...seen].sort()).toEqual([...whole.names].sort())
  expect(whole.names).toHaveLength(withDelimiter ? 7 : NAMES.length)
})

async function pageOf(
  options: Parameters<ReturnType<Storage['from']>['listV2']>[0],
): Promise<{ readonly names: readonly string[]; readonly next: string | undefined }> {
  const { data, error } = await service.from('files').listV2(options)
  if (error !== null) throw error
  const names = [...data.folders, ...data.objects].map(({ name }) => name)
  return { names, next: data.hasNext ? data.nextCursor : undefined }
}

test.each([
  ['/object/list/files', { limit: 0, prefix: '' }, 'body/limit must be >= 1'],
  ['/object/list/files', {}, "body must have required property 'prefix'"],
  [
    '/object/list/files',
    { prefix: '', sortBy: { column: 'size' } },
    'body/sortBy/column must be equal to one of the allowed values',
  ],
  ['/object/list-v2/files', { cursor: 'made up' }, 'Invalid Parameter continuation token', 'InvalidParameter'],
])('%s with %j is refused in words', async (path, body, message, code = 'InvalidRequest') => {
  const response = await fetch(`${stack.line('API_URL')}/storage/v1${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${stack.line('SERVICE_ROLE_KEY')}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  expect(response.status).toBe(400)
  expect(await response.json()).toMatchObject({ statusCode: '400', code, message })
})
