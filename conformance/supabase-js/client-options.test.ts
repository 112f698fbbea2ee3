// What a client may be made with, as far as it reaches the REST door.

import { createClient, type SupabaseClientOptions } from '@supabase/supabase-js'
import { SignJWT } from 'jose'
import { expect, test } from 'vitest'

import { line } from './cinema/client.ts'

const clientWith = (options: SupabaseClientOptions<'public'>, key = line('PUBLISHABLE_KEY')) =>
  createClient(line('API_URL'), key, options)

const tokenOf = async (sub: string): Promise<string> =>
  await new SignJWT({ role: 'authenticated' })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(sub)
    .setExpirationTime('1m')
    .sign(new TextEncoder().encode(line('JWT_SECRET')))

const notes = async (client: ReturnType<typeof clientWith>): Promise<unknown> => {
  const { data, error } = await client.from('notes').select('body')
  expect(error).toBeNull()
  return data
}

test('db.schema is the schema of every request', async () => {
  const client = createClient(line('API_URL'), line('PUBLISHABLE_KEY'), { db: { schema: 'archive' } })
  expect((await client.from('films').select('title').eq('id', 1)).data).toEqual([{ title: 'Lost' }])
  expect((await client.rpc('films_kept', {}, { get: true })).error).toBeNull()
})

test('global.headers are sent with every request', async () => {
  const client = clientWith({ global: { headers: { 'x-my-custom-header': 'my-app-name' } } })
  expect((await client.rpc('seen_headers')).data).toMatchObject({ 'x-my-custom-header': 'my-app-name' })
})

test('a fetch of its own that puts in the Authorization header is the person of the token', async () => {
  const client = clientWith({
    global: {
      fetch: async (input, init = {}) => {
        const headers = new Headers(init.headers)
        headers.set('Authorization', `Bearer ${await tokenOf('ada')}`)
        return await fetch(input, { ...init, headers })
      },
    },
  })
  expect(await notes(client)).toEqual([{ body: 'for Ada' }])
})

test('a token among global.headers is the person of the token', async () => {
  const client = clientWith({ global: { headers: { Authorization: `Bearer ${await tokenOf('bob')}` } } })
  expect(await notes(client)).toEqual([{ body: 'for Bob' }])
})

test('accessToken is asked for every request', async () => {
  let owner = 'ada'
  const client = clientWith({ accessToken: async () => await tokenOf(owner) })
  expect(await notes(client)).toEqual([{ body: 'for Ada' }])
  owner = 'bob'
  expect(await notes(client)).toEqual([{ body: 'for Bob' }])
})

test.each(['PUBLISHABLE_KEY', 'ANON_KEY'])(
  'accessToken without a token leaves the caller anonymous (%s)',
  async (key) => {
    expect(await notes(clientWith({ accessToken: () => Promise.resolve(null) }, line(key)))).toEqual([])
  },
)

test.each(['SECRET_KEY', 'SERVICE_ROLE_KEY'])(
  'a client with the key of the server sees every row (%s)',
  async (key) => {
    expect(await notes(clientWith({}, line(key)))).toHaveLength(2)
  },
)

test('a token that is not trusted is refused, whatever the key', async () => {
  const client = clientWith({ accessToken: () => Promise.resolve('not.a.token') }, line('SECRET_KEY'))
  const { status, error } = await client.from('notes').select()
  expect([status, error?.code]).toEqual([401, 'PGRST301'])
})

test('db.timeout ends what takes longer', async () => {
  const { status, error } = await clientWith({ db: { timeout: 50 } }).rpc('wait_a_second')
  expect([status, error?.message]).toEqual([0, expect.stringMatching(/^AbortError: /)])
})

test('db.retry says whether a busy server is asked again', async () => {
  const client = clientWith({ db: { retry: false } })
  expect((await client.rpc('busy', { attempts: 1 }, { get: true })).status).toBe(503)
})
