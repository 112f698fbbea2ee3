import { afterAll, beforeAll, expect, test } from 'vitest'

import { type Answered, type Browser, type SignedInProvider, startSignedIn } from '../../signed-in.test-support.ts'

let provider: SignedInProvider

beforeAll(async () => {
  provider = await startSignedIn({
    authentication: {
      emailAddress: { asked: 'optional', signIn: true, strategies: ['email_code', 'email_link'], verifyAtSignUp: true },
    },
  })
})

afterAll(() => provider.stop())

let people = 0
const somebody = (more: object = {}): Promise<Browser> =>
  provider.signedIn({ email_address: [`owner-${(people += 1)}@example.com`], ...more })

async function added(browser: Browser, email: string): Promise<string> {
  return String((await browser.post('/me/email_addresses/', { email_address: email })).response['id'])
}

const prepare = (browser: Browser, id: string, form: Record<string, string> = { strategy: 'email_code' }) =>
  browser.post(`/me/email_addresses/${id}/prepare_verification`, form)

const attempt = (browser: Browser, id: string, code: unknown): Promise<Answered> =>
  browser.post(`/me/email_addresses/${id}/attempt_verification`, { code: String(code) })

test('an address is added, sent a code, and verified by it', async () => {
  const ada = await somebody()
  const create = await ada.post('/me/email_addresses/', { email_address: 'New@Example.com' })
  expect(create.response).toMatchObject({
    object: 'email_address',
    email_address: 'new@example.com',
    verification: null,
  })
  const id = String(create.response['id'])
  expect((await attempt(ada, id, '123456')).code).toBe('verification_missing')
  const prepared = await prepare(ada, id)
  expect(prepared.response['verification']).toMatchObject({
    object: 'verification_otp',
    status: 'unverified',
    strategy: 'email_code',
    attempts: 0,
    expire_at: provider.store.now() + 600_000,
  })
  const { otp_code: code } = (await provider.lastMessage('new@example.com')) ?? {}
  const wrong = code === '000000' ? '000001' : '000000'
  expect(await attempt(ada, id, wrong)).toMatchObject({ status: 422, code: 'form_code_incorrect' })
  const events = await provider.eventsOf(async () => {
    const right = await attempt(ada, id, code)
    expect(right.response['verification']).toMatchObject({ status: 'verified', strategy: 'email_code', attempts: 2 })
  })
  expect(events).toEqual(['user.updated'])
  expect((await attempt(ada, id, code)).code).toBe('verification_already_verified')
  expect((await prepare(ada, id)).code).toBe('verification_already_verified')
})

test('a code is over after ten minutes, and a new one takes its place', async () => {
  const ada = await somebody()
  const id = await added(ada, 'expires@example.com')
  await prepare(ada, id)
  const first = await provider.lastMessage('expires@example.com')
  provider.pass(10)
  expect((await attempt(ada, id, first?.['otp_code'])).code).toBe('verification_expired')
  const user = (await ada.ask('/me')).response as { email_addresses: { id: string; verification: unknown }[] }
  expect(user.email_addresses.at(-1)).toMatchObject({ id, verification: { status: 'expired' } })
  await prepare(ada, id)
  const second = await provider.lastMessage('expires@example.com')
  expect((await attempt(ada, id, second?.['otp_code'])).status).toBe(200)
})

test('a link is sent with the way back, which has to be welcome', async () => {
  const ada = await somebody()
  const id = await added(ada, 'link@example.com')
  const away = await prepare(ada, id, { strategy: 'email_link', redirect_url: 'https://evil.example/' })
  expect(away).toMatchObject({ status: 422, code: 'form_param_value_invalid' })
  const welcome = { strategy: 'email_link', redirect_url: 'http://localhost:3000/verified' }
  expect((await prepare(ada, id, welcome)).response['verification']).toMatchObject({ strategy: 'email_link' })
  const letter = await provider.lastMessage('link@example.com')
  expect(letter).toMatchObject({ slug: 'magic_link' })
  const link = new URL(String(letter?.['magic_link']))
  const bob = await somebody()
  expect(await bob.follow(`${link.pathname}${link.search}`)).toContain('__clerk_status=client_mismatch')
  const back = await ada.follow(`${link.pathname}${link.search}`)
  expect(back).toBe('http://localhost:3000/verified?__clerk_status=verified')
  expect((await ada.ask(`/me/email_addresses/${id}`)).response['verification']).toMatchObject({
    status: 'verified',
    strategy: 'email_link',
  })
})

test('somebody else’s address is unknown, whatever is done to it', async () => {
  const ada = await somebody()
  const bob = await somebody()
  const id = await added(ada, 'hers@example.com')
  for (const answer of [
    await bob.ask(`/me/email_addresses/${id}`),
    await prepare(bob, id),
    await attempt(bob, id, '123456'),
    await bob.ask(`/me/email_addresses/${id}`, { method: 'DELETE' }),
  ]) {
    expect(answer).toMatchObject({ status: 404, code: 'resource_not_found' })
  }
})

test('an address that somebody has proven is taken; one that several wait for is whose proof comes first', async () => {
  const [ada, bob] = [await somebody(), await somebody()]
  expect((await bob.post('/me/email_addresses/', { email_address: 'owner-1@example.com' })).code).toBe(
    'form_identifier_exists',
  )
  const [hers, his] = [await added(ada, 'both@example.com'), await added(bob, 'both@example.com')]
  await prepare(ada, hers)
  const hersCode = await provider.lastMessage('both@example.com')
  await prepare(bob, his)
  const hisCode = await provider.lastMessage('both@example.com')
  expect((await attempt(bob, his, hisCode?.['otp_code'])).status).toBe(200)
  expect((await attempt(ada, hers, hersCode?.['otp_code'])).code).toBe('form_identifier_exists')
  expect((await ada.ask(`/me/email_addresses/${hers}`)).response['verification']).toMatchObject({
    status: 'unverified',
  })
})

test('the last identifier stays; with another one left an address goes, and its place is taken', async () => {
  const ada = await somebody()
  const me = (await ada.ask('/me')).response
  const last = String(me['primary_email_address_id'])
  const remove = (id: string) => ada.ask(`/me/email_addresses/${id}`, { method: 'DELETE' })
  expect(await remove(last)).toMatchObject({ status: 400, code: 'identification_deletion_failed' })
  const id = await added(ada, 'other@example.com')
  expect((await remove(last)).code).toBe('identification_deletion_failed')
  await prepare(ada, id)
  await attempt(ada, id, (await provider.lastMessage('other@example.com'))?.['otp_code'])
  expect((await remove(last)).response).toMatchObject({ object: 'email_address', id: last, deleted: true })
  expect((await ada.ask('/me')).response['primary_email_address_id']).toBe(id)
})

test('where addresses are required, the last verified one stays beside a username', async () => {
  const strict = await startSignedIn()
  try {
    const ada = await strict.signedIn({ email_address: ['required@example.com'], username: 'has_a_name' })
    const id = String((await ada.ask('/me')).response['primary_email_address_id'])
    const answer = await ada.ask(`/me/email_addresses/${id}`, { method: 'DELETE' })
    expect(answer).toMatchObject({ status: 400, code: 'last_required_identification_deletion_failed_code' })
  } finally {
    await strict.stop()
  }
})

test('addresses are added and removed by recently verified sessions alone, and not without end', async () => {
  const ada = await somebody()
  for (let count = 0; count < 10; count += 1) await added(ada, `many-${count}@example.com`)
  const more = { email_address: 'one-too-many@example.com' }
  expect((await ada.post('/me/email_addresses/', more)).code).toBe('too_many_unverified_identifications')
  provider.pass(11)
  expect((await ada.post('/me/email_addresses/', more)).code).toBe('session_reverification_required')
  const id = String((await ada.ask('/me')).response['primary_email_address_id'])
  expect((await ada.ask(`/me/email_addresses/${id}`, { method: 'DELETE' })).code).toBe(
    'session_reverification_required',
  )
})

test('of two last addresses that are removed at the same time one stays', async () => {
  const ada = await somebody({ email_address: ['pair-a@example.com', 'pair-b@example.com'] })
  const { email_addresses: owned } = (await ada.ask('/me')).response as { email_addresses: { id: string }[] }
  const answers = await Promise.all(owned.map(({ id }) => ada.ask(`/me/email_addresses/${id}`, { method: 'DELETE' })))
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 400]))
})
