// Signed URLs: storage-js' `createSignedUrl` and `createSignedUrls`, and what such a URL opens.

import { type JWTPayload, SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { bearer, objectNotFound, type Readers, refusal, startReaders } from './running-readers.ts'

const SPECIAL = 'folder/special file @+$,;=&!().txt'
const UNSHOWN = 'Either the object does not exist or you do not have access to it'

let on: Readers

beforeAll(async () => {
  on = await startReaders()
  const { error } = await on.alice.from('kept').upload(SPECIAL, 'special', { contentType: 'text/plain' })
  if (error !== null) throw error
})
afterAll(async () => {
  await on.stop()
})

async function signed(name: string): Promise<string> {
  const { data, error } = await on.alice.from('kept').createSignedUrl(name, 60)
  expect(error).toBeNull()
  return data?.signedUrl ?? ''
}

async function signAsUpstream(claims: JWTPayload): Promise<string> {
  const token = new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).setExpirationTime('1h')
  return await token.sign(Buffer.from(on.stack.line('JWT_SECRET')))
}

function tokenIn(url: string): string {
  return new URL(url).searchParams.get('token') ?? ''
}

async function sign(path: string, body: object): Promise<Response> {
  const { headers } = bearer(on.aliceToken)
  return await on.ask(path, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
}

const mismatch = { status: 400, statusCode: '400', error: 'InvalidSignature', code: 'InvalidSignature' }
const invalid = { status: 400, statusCode: '400', error: 'InvalidJWT', code: 'InvalidJWT' }

describe('createSignedUrl', () => {
  it('opens an object to whoever has the URL, until it is over', async () => {
    const answer = await fetch(await signed('alice/notes.txt'))
    expect([answer.status, await answer.text()]).toEqual([200, 'hello world'])
    const expires = Date.parse(answer.headers.get('expires') ?? '')
    expect(expires).toBeGreaterThan(Date.now())
    expect(expires).toBeLessThanOrEqual(Date.now() + 60_000)
    expect(answer.headers.get('cache-control')).toBeNull()
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
  })

  it('opens a name with every character that names may have', async () => {
    expect(await (await fetch(await signed(SPECIAL))).text()).toBe('special')
  })

  it('opens a file of the name it is to have', async () => {
    const { data } = await on.alice.from('kept').createSignedUrl(SPECIAL, 60, { download: 'mine.txt' })
    const answer = await fetch(data?.signedUrl ?? '')
    expect(answer.headers.get('content-disposition')).toBe("attachment; filename=mine.txt; filename*=UTF-8''mine.txt")
  })

  it('leads to the rendering of an image that is to be transformed, and never to the original', async () => {
    const { data } = await on.alice.from('kept').createSignedUrl('alice/notes.txt', 60, { transform: { width: 100 } })
    const url = data?.signedUrl ?? ''
    expect(url).toContain('/storage/v1/render/image/sign/kept/alice/notes.txt?token=')
    const original = await fetch(url.replace('/render/image/', '/object/'))
    expect(await refusal(original)).toEqual({ ...mismatch, message: 'Invalid signature' })
  })

  it('asks the policies, and tells nothing of what they hide', async () => {
    for (const name of ['alice/notes.txt', 'nothing.txt']) {
      const { data, error } = await on.bob.from('kept').createSignedUrl(name, 60)
      expect(data).toBeNull()
      expect(error).toMatchObject({ message: 'Object not found', status: 400, statusCode: '404' })
    }
    expect((await on.anon.from('kept').createSignedUrl('alice/notes.txt', 60)).error).toMatchObject({
      message: 'Object not found',
    })
    const unasked = await on.ask('/object/sign/kept/alice/notes.txt', { method: 'POST' })
    expect(await refusal(unasked)).toMatchObject({ status: 400, code: 'InvalidRequest' })
    expect(await refusal(await sign('/object/sign/nowhere/a.txt', { expiresIn: 60 }))).toEqual(objectNotFound)
  })

  it.each([
    [{}, "body must have required property 'expiresIn'"],
    [{ expiresIn: 0 }, 'body/expiresIn must be >= 1'],
    [{ expiresIn: 1.5 }, 'body/expiresIn must be integer'],
    [{ expiresIn: 1e21 }, 'Invalid Parameter expiresIn'],
    [
      { expiresIn: 60, transform: { resize: 'bend' } },
      'body/transform/resize must be equal to one of the allowed values',
    ],
  ])('refuses %j', async (body, message) => {
    const answer = await sign('/object/sign/kept/alice/notes.txt', body)
    expect(await refusal(answer)).toMatchObject({ status: 400, statusCode: '400', message })
  })
})

describe('createSignedUrls', () => {
  it('answers for each path in its place', async () => {
    const paths = ['nothing.txt', SPECIAL, 'a\u0000b', 'alice/notes.txt', SPECIAL]
    const { data, error } = await on.alice.from('kept').createSignedUrls(paths, 60)
    expect(error).toBeNull()
    expect(data?.map(({ path }) => path)).toEqual(paths)
    expect(data?.map((each) => each.error)).toEqual([UNSHOWN, null, UNSHOWN, null, null])
    expect(data?.[0]?.signedURL).toBeNull()
    expect(await (await fetch(data?.[1]?.signedUrl ?? '')).text()).toBe('special')
    expect(await (await fetch(data?.[3]?.signedUrl ?? '')).text()).toBe('hello world')
  })

  it('signs nothing that the policies hide', async () => {
    const { data } = await on.bob.from('kept').createSignedUrls(['alice/notes.txt', SPECIAL], 60)
    expect(data?.map((each) => [each.error, each.signedURL])).toEqual([
      [UNSHOWN, null],
      [UNSHOWN, null],
    ])
  })

  it('takes a thousand paths and no more', async () => {
    const paths = Array.from({ length: 1001 }, (_, index) => `a/${index}`)
    expect((await on.alice.from('kept').createSignedUrls(paths.slice(1), 60)).data).toHaveLength(1000)
    const { error } = await on.alice.from('kept').createSignedUrls(paths, 60)
    expect(error).toMatchObject({ message: 'body/paths must NOT have more than 1000 items', status: 400 })
    const none = await sign('/object/sign/kept', { expiresIn: 60, paths: [] })
    expect(await refusal(none)).toMatchObject({ message: 'body/paths must NOT have fewer than 1 items' })
  })
})

describe('a token of a URL', () => {
  it('opens no other path, no other bucket and no other verb', async () => {
    const token = tokenIn(await signed('alice/notes.txt'))
    for (const path of [`kept/${encodeURIComponent(SPECIAL)}`, 'shown/hello.txt', 'shown/alice/notes.txt']) {
      const answer = await on.ask(`/object/sign/${path}?token=${token}`)
      expect(await refusal(answer)).toEqual({ ...mismatch, message: 'Invalid signature' })
    }
    const upload = await on.ask(`/object/upload/sign/kept/alice/notes.txt?token=${token}`, { method: 'PUT', body: 'x' })
    expect(await refusal(upload)).toEqual({ ...mismatch, message: 'Token is not scoped for upload' })
  })

  it('is no token of a session', async () => {
    const token = tokenIn(await signed('alice/notes.txt'))
    const answer = await on.ask('/object/authenticated/kept/alice/notes.txt', bearer(token))
    expect(await refusal(answer)).toMatchObject({ status: 400, statusCode: '403', error: 'Unauthorized' })
  })

  it('of uploads opens nothing to read', async () => {
    const { data } = await on.alice.from('kept').createSignedUploadUrl('alice/new.txt')
    await on.alice.from('kept').uploadToSignedUrl('alice/new.txt', data?.token ?? '', 'new')
    const answer = await on.ask(`/object/sign/kept/alice/new.txt?token=${data?.token}`)
    expect(await refusal(answer)).toEqual({ ...mismatch, message: 'Token is not scoped for download' })
  })

  it('is one that upstream signed with the project’s secret, too', async () => {
    const token = await signAsUpstream({ url: 'kept/alice/notes.txt' })
    const answer = await on.ask(`/object/sign/kept/alice/notes.txt?token=${token}`)
    expect([answer.status, await answer.text()]).toEqual([200, 'hello world'])
    const upload = await signAsUpstream({ url: 'kept/alice/notes.txt', upsert: false })
    expect(await refusal(await on.ask(`/object/sign/kept/alice/notes.txt?token=${upload}`))).toEqual({
      ...mismatch,
      message: 'Token is not scoped for download',
    })
  })

  it('is none that the project signs for sessions, nor one that anybody makes up', async () => {
    const session = await signAsUpstream({ url: 'kept/alice/notes.txt', role: 'authenticated' })
    for (const token of [session, on.aliceToken, on.stack.line('SERVICE_ROLE_KEY')]) {
      const answer = await on.ask(`/object/sign/kept/alice/notes.txt?token=${token}`)
      expect(await refusal(answer)).toEqual({ ...invalid, message: 'signature verification failed' })
    }
    const malformed = await on.ask('/object/sign/kept/alice/notes.txt?token=not-a-jwt')
    expect(await refusal(malformed)).toEqual({ ...invalid, message: 'Invalid Compact JWS' })
    expect(await refusal(await on.ask('/object/sign/kept/alice/notes.txt'))).toMatchObject({
      status: 400,
      statusCode: '400',
      message: "querystring must have required property 'token'",
    })
  })

  it('opens nothing once the object is gone', async () => {
    await on.alice.from('kept').upload('alice/short.txt', 'short')
    const url = await signed('alice/short.txt')
    await on.sql.query(`
      begin; select set_config('storage.allow_delete_query', 'true', true);
      delete from storage.objects where name = 'alice/short.txt'; commit`)
    expect(await refusal(await fetch(url))).toEqual(objectNotFound)
  })
})
