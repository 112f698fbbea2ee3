import { afterAll, beforeAll, expect, test } from 'vitest'

import {
  type Misbehaviour,
  type VirtualAuthenticator,
  virtualAuthenticator,
} from '../../../proof/passkeys/virtual-authenticator.test-support.ts'
import { type Answered, type Browser, type SignedInProvider, startSignedIn } from '../../signed-in.test-support.ts'

const origin = 'http://localhost:3000'

let provider: SignedInProvider

beforeAll(async () => {
  provider = await startSignedIn({ applicationName: 'Tasks', authentication: { passkey: true } })
})

afterAll(() => provider.stop())

let people = 0
const somebody = (): Promise<Browser> => provider.signedIn({ email_address: [`keys-${(people += 1)}@example.com`] })

interface Begun {
  readonly id: string
  readonly nonce: string
}

async function begin(browser: Browser): Promise<Begun> {
  const { response } = await browser.post('/me/passkeys')
  const { nonce } = response['verification'] as { nonce: string }
  return { id: String(response['id']), nonce }
}

const finish = (browser: Browser, id: string, credential: string): Promise<Answered> =>
  browser.post(`/me/passkeys/${id}/attempt_verification`, { strategy: 'passkey', public_key_credential: credential })

async function registered(browser: Browser, device: VirtualAuthenticator): Promise<string> {
  const { id, nonce } = await begin(browser)
  expect((await finish(browser, id, device.create(nonce))).status).toBe(200)
  return id
}

test('a device is asked for a passkey of the page, and what it makes is kept, told and listed', async () => {
  const ada = await somebody()
  const { response } = await ada.post('/me/passkeys')
  expect(response).toMatchObject({
    object: 'passkey',
    last_used_at: null,
    verification: { object: 'verification_passkey', status: 'unverified', strategy: 'passkey' },
  })
  const { nonce } = response['verification'] as { nonce: string }
  expect(JSON.parse(nonce)).toMatchObject({
    rp: { id: 'localhost', name: 'Tasks' },
    user: { id: Buffer.from(ada.userId).toString('base64url'), name: 'keys-1@example.com' },
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    excludeCredentials: [],
  })
  expect((await ada.ask('/me')).response['passkeys']).toEqual([])
  const credential = virtualAuthenticator(origin).create(nonce)
  const events = await provider.eventsOf(async () => {
    const answer = await finish(ada, String(response['id']), credential)
    expect(answer.response).toMatchObject({ object: 'passkey', verification: { status: 'verified' } })
    expect(answer.body['client']).toMatchObject({ sessions: [{ user: { passkeys: [{ id: response['id'] }] } }] })
  })
  expect(events).toEqual(['user.updated', 'email.created'])
  expect(await provider.lastMessage('keys-1@example.com')).toMatchObject({ slug: 'passkey_added' })
  expect((await finish(ada, String(response['id']), credential)).status).toBe(404)
})

test.each<[what: string, misbehaviour: Misbehaviour]>([
  ['from another page', { origin: 'https://evil.example' }],
  ['to another challenge', { challenge: Buffer.from('another challenge').toString('base64url') }],
  ['for another host', { rpId: 'evil.example' }],
  ['without its owner’s consent', { userVerified: false }],
])('an answer %s registers nothing', async (_what, misbehaviour) => {
  const ada = await somebody()
  const { id, nonce } = await begin(ada)
  const answer = await finish(ada, id, virtualAuthenticator(origin).create(nonce, misbehaviour))
  expect(answer).toMatchObject({ status: 422, code: 'passkey_invalid_public_key_credential' })
  expect((await ada.ask('/me')).response['passkeys']).toEqual([])
})

test('an answer comes within ten minutes, to the last question, in the browser that was asked', async () => {
  const ada = await somebody()
  const device = virtualAuthenticator(origin)
  const first = await begin(ada)
  const second = await begin(ada)
  expect((await finish(ada, first.id, device.create(first.nonce))).status).toBe(404)
  const elsewhere = await provider.openFor(ada.userId)
  expect((await finish(elsewhere, second.id, device.create(second.nonce))).code).toBe('passkey_invalid_verification')
  provider.pass(10)
  expect((await finish(ada, second.id, device.create(second.nonce))).code).toBe('verification_expired')
})

test.each(['', '{', '[]', '{"id":"a","response":{}}', '{"id":1}'])('%j is no credential', async (text) => {
  const ada = await somebody()
  const { id } = await begin(ada)
  expect((await finish(ada, id, text)).status).toBe(422)
})

test('a device registers once, and tells which passkeys it need not make again', async () => {
  const ada = await somebody()
  const device = virtualAuthenticator(origin)
  await registered(ada, device)
  const { id, nonce } = await begin(ada)
  const { excludeCredentials } = JSON.parse(nonce) as { excludeCredentials: unknown[] }
  expect(excludeCredentials).toHaveLength(1)
  expect((await finish(ada, id, device.create(nonce))).code).toBe('passkey_invalid_public_key_credential')
})

test('a passkey is renamed and removed by its owner alone', async () => {
  const [ada, bob] = [await somebody(), await somebody()]
  const id = await registered(ada, virtualAuthenticator(origin))
  const rename = (browser: Browser) => browser.ask(`/me/passkeys/${id}`, { method: 'PATCH', form: { name: 'Laptop' } })
  const remove = (browser: Browser) => browser.ask(`/me/passkeys/${id}`, { method: 'DELETE' })
  expect((await rename(bob)).status).toBe(404)
  expect((await remove(bob)).status).toBe(404)
  expect((await rename(ada)).response['name']).toBe('Laptop')
  expect((await remove(ada)).response).toMatchObject({ object: 'passkey', id, deleted: true })
  const mail = String(
    ((await ada.ask('/me')).response['email_addresses'] as { email_address: string }[])[0]?.email_address,
  )
  expect(await provider.lastMessage(mail)).toMatchObject({ slug: 'passkey_removed' })
})

test('passkeys are added and removed by recently verified sessions alone, and where there are any', async () => {
  const ada = await somebody()
  const id = await registered(ada, virtualAuthenticator(origin))
  provider.pass(11)
  expect((await ada.post('/me/passkeys')).code).toBe('session_reverification_required')
  expect((await ada.ask(`/me/passkeys/${id}`, { method: 'DELETE' })).code).toBe('session_reverification_required')
  const without = await startSignedIn()
  try {
    const bob = await without.signedIn({ email_address: ['bob@example.com'] })
    expect((await bob.post('/me/passkeys')).code).toBe('feature_not_enabled')
  } finally {
    await without.stop()
  }
})
