// createSignedUploadUrl() and uploadToSignedUrl() of storage-js, and what a token of the one opens.

import { createClient } from '@supabase/supabase-js'
import { type JWTPayload, SignJWT } from 'jose'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { tokenOf } from '../realtime/token-of.ts'
import { type RunningStack, startStack } from '../running-stack.ts'

type Bucket = ReturnType<ReturnType<typeof createClient>['storage']['from']>

let stack: RunningStack
let sql: Client
let owner: Bucket
let stranger: Bucket

beforeAll(async () => {
  stack = await startStack({ empty: true })
  sql = new Client({ connectionString: stack.line('DB_URL') })
  await sql.connect()
  await sql.query(`
    insert into storage.buckets (id, name) values ('own', 'own'), ('other', 'other');
    create policy own on storage.objects for insert to authenticated with check (bucket_id = 'own')`)
  const token = await tokenOf(stack, { sub: 'user_2abc' })
  const as = (accessToken: string | null): Bucket =>
    createClient(stack.line('API_URL'), stack.line('PUBLISHABLE_KEY'), {
      accessToken: () => Promise.resolve(accessToken),
    }).storage.from('own')
  owner = as(token)
  stranger = as(null)
})
afterAll(async () => {
  await sql.end()
  await stack[Symbol.asyncDispose]()
})

async function sign(path: string, upsert = false): Promise<string> {
  const { data, error } = await owner.createSignedUploadUrl(path, { upsert })
  if (data === null) throw error
  return data.token
}

async function signAsUpstream(claims: JWTPayload): Promise<string> {
  const token = new SignJWT({ url: 'own/brought', owner: 'user_2abc', ...claims })
    .setProtectedHeader({ alg: 'HS256' })
    .setExpirationTime('1h')
  return await token.sign(Buffer.from(stack.line('JWT_SECRET')))
}

async function put(path: string, token: string | null): Promise<{ readonly status: number; readonly body: unknown }> {
  const query = token === null ? '' : `?token=${token}`
  const url = `${stack.line('API_URL')}/storage/v1/object/upload/sign/${path}${query}`
  const response = await fetch(url, { method: 'PUT', body: 'x' })
  const body: unknown = await response.json()
  return { status: response.status, body }
}

test('a URL that one person signs lets another upload, and the object is the signer’s', async () => {
  const signed = await owner.createSignedUploadUrl('a/one.txt')
  expect(signed).toEqual({
    data: {
      signedUrl: `${stack.line('API_URL')}/storage/v1/object/upload/sign/own/a/one.txt?token=${signed.data?.token}`,
      path: 'a/one.txt',
      token: expect.any(String) as string,
    },
    error: null,
  })
  for (const [path, body] of [
    ['a/one.txt', 'text'],
    ['a/two.txt', new Blob(['text'], { type: 'text/plain' })],
  ] as const) {
    const token = path === 'a/one.txt' ? (signed.data?.token ?? '') : await sign(path)
    const sent = await stranger.uploadToSignedUrl(path, token, body, { contentType: 'text/plain', metadata: { a: 1 } })
    expect(sent).toEqual({ data: { path, fullPath: `own/${path}` }, error: null })
    const { rows } = await sql.query('select owner_id, metadata, user_metadata from storage.objects where name = $1', [
      path,
    ])
    expect(rows).toMatchObject([
      { owner_id: 'user_2abc', metadata: { size: 4, mimetype: 'text/plain' }, user_metadata: { a: 1 } },
    ])
  }
})

test('a token is good for one object, unless it was signed to replace', async () => {
  const once = await sign('once')
  expect((await stranger.uploadToSignedUrl('once', once, 'x')).error).toBeNull()
  expect((await stranger.uploadToSignedUrl('once', once, 'x', { upsert: true })).error).toMatchObject({
    statusCode: '409',
  })
  expect((await owner.createSignedUploadUrl('once')).error).toMatchObject({ statusCode: '409' })
  const { token } = (
    await createClient(stack.line('API_URL'), stack.line('SECRET_KEY'))
      .storage.from('own')
      .createSignedUploadUrl('often', { upsert: true })
  ).data ?? { token: '' }
  for (const body of ['x', 'yy']) expect((await stranger.uploadToSignedUrl('often', token, body)).error).toBeNull()
})

test('whom the policies refuse cannot sign, and neither what is no name or in no bucket', async () => {
  expect((await stranger.createSignedUploadUrl('x')).error).toMatchObject({
    status: 400,
    statusCode: '403',
    message: 'new row violates row-level security policy',
  })
  expect((await owner.createSignedUploadUrl('é')).error).toMatchObject({ message: 'Invalid key: é' })
  const { rows } = await sql.query('select name from storage.objects where name = $1', ['x'])
  expect(rows).toEqual([])
})

test('a token opens no other path and no other verb, and none that is forged opens any', async () => {
  const token = await sign('bound')
  const refused = { status: 400, body: expect.objectContaining({ statusCode: '400' }) as object }
  expect(await put('own/another', token)).toEqual(refused)
  expect(await put('other/bound', token)).toEqual(refused)
  const forged = `${token.slice(0, -2)}${token.endsWith('AA') ? 'BB' : 'AA'}`
  for (const wrong of ['not-a-jwt', forged, await tokenOf(stack, { url: 'own/bound', scope: 'upload' })])
    expect(await put('own/bound', wrong)).toEqual(refused)
  expect(await put('own/bound', null)).toEqual({
    status: 400,
    body: expect.objectContaining({ message: "querystring must have required property 'token'" }) as object,
  })
  const read = await fetch(`${stack.line('API_URL')}/storage/v1/object/sign/own/bound?token=${token}`)
  expect(read.status).toBe(400)
  expect(await put('own/bound', token)).toEqual({ status: 200, body: { Key: 'own/bound' } })
})

test('a token that upstream signed with the project’s secret uploads, too, and replaces where it says so', async () => {
  expect((await put('own/brought', await signAsUpstream({ upsert: false }))).status).toBe(200)
  expect(await put('own/brought', await signAsUpstream({ scope: 'upload' }))).toMatchObject({ status: 400 })
  expect((await put('own/brought', await signAsUpstream({ upsert: true }))).status).toBe(200)
  expect(await put('own/brought', await signAsUpstream({}))).toMatchObject({ body: { code: 'InvalidSignature' } })
})

test('a token of a download uploads nothing', async () => {
  const service = createClient(stack.line('API_URL'), stack.line('SECRET_KEY')).storage.from('own')
  await service.upload('readable', 'x')
  const { data } = await service.createSignedUrl('readable', 60)
  const token = new URL(data?.signedUrl ?? '').searchParams.get('token')
  expect(await put('own/readable', token)).toMatchObject({ status: 400 })
})
