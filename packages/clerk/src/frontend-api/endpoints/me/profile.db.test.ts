import { afterAll, beforeAll, expect, test } from 'vitest'

import { type SignedInProvider, startSignedIn } from '../../signed-in.test-support.ts'

let provider: SignedInProvider

beforeAll(async () => {
  provider = await startSignedIn({ authentication: { username: { asked: 'optional', signIn: true } } })
})

afterAll(() => provider.stop())

test('a browser reads its user in the envelope, and nobody else does', async () => {
  const ada = await provider.signedIn({ email_address: ['read@example.com'], first_name: 'Ada' })
  const answer = await ada.ask('/me')
  expect(answer.body).toMatchObject({
    response: { object: 'user', id: ada.userId, first_name: 'Ada', timezone: null, banned: false, locked: false },
    client: { object: 'client' },
  })
  expect(answer.response['private_metadata']).toBeUndefined()
  const stranger = await fetch(`${provider.clerk.url}/v1/me`)
  expect(stranger.status).toBe(401)
})

test('names change with their event and the client beside the answer; an empty one is taken away', async () => {
  const ada = await provider.signedIn({ email_address: ['names@example.com'], first_name: 'Ada', last_name: 'L' })
  const events = await provider.eventsOf(async () => {
    const form = { first_name: 'Augusta', last_name: '', locale: 'de-DE' }
    const answer = await ada.ask('/me?_method=PATCH', { method: 'POST', form })
    expect(answer.body).toMatchObject({
      response: { first_name: 'Augusta', last_name: null, locale: 'de-DE' },
      client: { sessions: [{ user: { first_name: 'Augusta' } }] },
    })
  })
  expect(events).toEqual(['user.updated'])
})

test('unsafe metadata is merged and null deletes; it is wanted as an object', async () => {
  const ada = await provider.signedIn({ email_address: ['meta@example.com'], unsafe_metadata: { a: { b: 1, c: 2 } } })
  const patch = (value: string) => ada.ask('/me/metadata', { method: 'PATCH', form: { unsafe_metadata: value } })
  const answer = await patch('{"a":{"b":null},"d":true}')
  expect(answer.response['unsafe_metadata']).toEqual({ a: { c: 2 }, d: true })
  expect((await patch('[1]')).code).toBe('form_param_type_invalid')
  expect((await patch('')).code).toBe('form_param_missing')
  expect((await patch(JSON.stringify({ e: 'x'.repeat(8200) }))).code).toBe('form_param_exceeds_allowed_size')
})

test('a username is changed by recently verified sessions alone, and stays unique', async () => {
  const ada = await provider.signedIn({ email_address: ['username@example.com'] })
  await provider.signedIn({ username: 'taken_name' })
  expect((await ada.ask('/me', { method: 'PATCH', form: { username: 'ada_l' } })).response['username']).toBe('ada_l')
  expect((await ada.ask('/me', { method: 'PATCH', form: { username: 'taken_name' } })).code).toBe(
    'form_identifier_exists',
  )
  provider.pass(11)
  const late = await ada.ask('/me', { method: 'PATCH', form: { username: 'ada_2' } })
  expect(late).toMatchObject({
    status: 403,
    code: 'session_reverification_required',
    body: { errors: [{ meta: { reverification: { level: 'first_factor', afterMinutes: 10 } } }] },
  })
  expect((await ada.ask('/me', { method: 'PATCH', form: { first_name: 'Ada', username: 'ada_l' } })).status).toBe(200)
})

test('a verified address of her own becomes primary, and the former one is told', async () => {
  const ada = await provider.signedIn({ email_address: ['primary@example.com', 'second@example.com'] })
  const bob = await provider.signedIn({ email_address: ['bob-primary@example.com'] })
  const user = await provider.backend('GET', `/users/${ada.userId}`)
  const [, second] = user['email_addresses'] as { id: string }[]
  const set = (id: string) => ada.ask('/me', { method: 'PATCH', form: { primary_email_address_id: id } })
  expect((await set(second?.id ?? '')).response['primary_email_address_id']).toBe(second?.id)
  expect(await provider.lastMessage('primary@example.com')).toMatchObject({ slug: 'primary_email_address_changed' })
  const others = await provider.backend('GET', `/users/${bob.userId}`)
  expect((await set(String(others['primary_email_address_id']))).code).toBe('form_resource_not_found')
  const body = { user_id: ada.userId, email_address: 'unproven@example.com', verified: false }
  const unproven = await provider.backend('POST', '/email_addresses', body)
  expect((await set(String(unproven['id']))).code).toBe('identification_update_failed')
})

test('an account is deleted with its sessions, which are told', async () => {
  const ada = await provider.signedIn({ email_address: ['gone@example.com'] })
  const events = await provider.eventsOf(async () => {
    const answer = await ada.ask('/me', { method: 'DELETE' })
    expect(answer.body).toMatchObject({ response: { object: 'user', id: ada.userId, deleted: true } })
    expect(answer.body['client']).toMatchObject({ sessions: [], last_active_session_id: null })
  })
  expect(events).toEqual(['session.removed', 'user.deleted'])
})

test('an account stays where its owner may not delete it, and where the session is stale', async () => {
  const ada = await provider.signedIn({ email_address: ['stays@example.com'], delete_self_enabled: false })
  expect(await ada.ask('/me', { method: 'DELETE' })).toMatchObject({
    status: 403,
    code: 'user_delete_self_not_enabled',
  })
  const bob = await provider.signedIn({ email_address: ['stale@example.com'] })
  provider.pass(11)
  expect((await bob.ask('/me', { method: 'DELETE' })).code).toBe('session_reverification_required')
})

test('what is not offered here says so, and lists of it are empty', async () => {
  const ada = await provider.signedIn({ email_address: ['features@example.com'] })
  expect((await ada.ask('/me/billing/subscription')).code).toBe('feature_not_enabled')
  expect((await ada.post('/me/web3_wallets/', { web3_wallet: '0x0' })).code).toBe('feature_not_enabled')
  expect((await ada.ask('/me/enterprise_connections')).body['response']).toEqual([])
})
