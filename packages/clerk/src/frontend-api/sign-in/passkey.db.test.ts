import { afterAll, beforeAll, expect, test } from 'vitest'

import {
  type Misbehaviour,
  type VirtualAuthenticator,
  virtualAuthenticator,
} from '../../proof/passkeys/virtual-authenticator.test-support.ts'
import { type Answered, type Browser, type SignedInProvider, startSignedIn } from '../signed-in.test-support.ts'

const origin = 'http://localhost:3000'
const password = 'a password of hers'

let provider: SignedInProvider

beforeAll(async () => {
  provider = await startSignedIn({ authentication: { passkey: true } })
})

afterAll(() => provider.stop())

let people = 0

/** Somebody with a passkey, on the browser she registered it with. */
async function withPasskey(): Promise<{ readonly browser: Browser; readonly device: VirtualAuthenticator }> {
  const browser = await provider.signedIn({ email_address: [`holder-${(people += 1)}@example.com`], password })
  const device = virtualAuthenticator(origin)
  const { response } = await browser.post('/me/passkeys')
  const { nonce } = response['verification'] as { nonce: string }
  const form = { public_key_credential: device.create(nonce) }
  expect((await browser.post(`/me/passkeys/${String(response['id'])}/attempt_verification`, form)).status).toBe(200)
  return { browser, device }
}

/** A browser on which somebody else is signed in. */
const elsewhere = (): Promise<Browser> =>
  provider.signedIn({ email_address: [`elsewhere-${(people += 1)}@example.com`] })

interface Asked {
  readonly id: string
  readonly nonce: string
}

function askedBy({ response }: Answered): Asked {
  const { nonce } = response['first_factor_verification'] as { nonce: string }
  return { id: String(response['id']), nonce }
}

const begin = async (browser: Browser): Promise<Asked> =>
  askedBy(await browser.post('/client/sign_ins', { strategy: 'passkey' }))

const attempt = (browser: Browser, { id }: Asked, credential: string): Promise<Answered> =>
  browser.post(`/client/sign_ins/${id}/attempt_first_factor`, {
    strategy: 'passkey',
    public_key_credential: credential,
  })

test('whoever has a passkey signs in without an identifier', async () => {
  const { browser: hers, device } = await withPasskey()
  const browser = await elsewhere()
  const asked = await begin(browser)
  expect(JSON.parse(asked.nonce)).toMatchObject({
    rpId: 'localhost',
    userVerification: 'required',
    allowCredentials: [],
  })
  const answer = await attempt(browser, asked, device.get(asked.nonce))
  expect(answer.response).toMatchObject({ status: 'complete', created_session_id: expect.stringMatching(/^sess_/) })
  expect(answer.body['client']).toMatchObject({ last_authentication_strategy: 'passkey' })
  expect((await hers.ask('/me')).response['passkeys']).toMatchObject([{ last_used_at: provider.store.now() }])
})

test('an identifier leads to the passkeys of its owner', async () => {
  const { device } = await withPasskey()
  const identifier = `holder-${people}@example.com`
  const browser = await elsewhere()
  const begun = await browser.post('/client/sign_ins', { identifier })
  const { id, supported_first_factors } = begun.response as { id: string; supported_first_factors: object[] }
  expect(supported_first_factors).toContainEqual({ strategy: 'passkey' })
  const prepared = await browser.post(`/client/sign_ins/${id}/prepare_first_factor`, { strategy: 'passkey' })
  const asked = askedBy(prepared)
  const { allowCredentials } = JSON.parse(asked.nonce) as { allowCredentials: unknown[] }
  expect(allowCredentials).toHaveLength(1)
  expect((await attempt(browser, asked, device.get(asked.nonce))).response['status']).toBe('complete')
})

test.each<[what: string, misbehaviour: Misbehaviour]>([
  ['from another page', { origin: 'https://evil.example' }],
  ['to another challenge', { challenge: Buffer.from('another challenge').toString('base64url') }],
  ['for another host', { rpId: 'evil.example' }],
  ['without its owner’s consent', { userVerified: false }],
  ['that another key signed', { forged: true }],
])('an answer %s signs nobody in', async (_what, misbehaviour) => {
  const { device } = await withPasskey()
  const browser = await elsewhere()
  const asked = await begin(browser)
  const answer = await attempt(browser, asked, device.get(asked.nonce, misbehaviour))
  expect(answer).toMatchObject({ status: 400, code: 'passkey_authentication_failure' })
})

test('a copy of a key is found out by its count', async () => {
  const { device } = await withPasskey()
  const first = await elsewhere()
  const asked = await begin(first)
  expect((await attempt(first, asked, device.get(asked.nonce, { signCount: 7 }))).status).toBe(200)
  const second = await elsewhere()
  const again = await begin(second)
  expect((await attempt(second, again, device.get(again.nonce, { signCount: 7 }))).code).toBe(
    'passkey_authentication_failure',
  )
})

test('an answer counts once, in the browser that was asked', async () => {
  const { device } = await withPasskey()
  const [browser, other] = [await elsewhere(), await elsewhere()]
  const asked = await begin(browser)
  const othersAsked = await begin(other)
  const credential = device.get(asked.nonce)
  expect((await attempt(other, othersAsked, credential)).code).toBe('passkey_authentication_failure')
  expect((await attempt(browser, asked, credential)).status).toBe(200)
  expect((await attempt(browser, asked, credential)).status).not.toBe(200)
})

test('an unknown passkey, and one of somebody else, are not registered', async () => {
  const { device } = await withPasskey()
  const browser = await elsewhere()
  const asked = await begin(browser)
  expect(await attempt(browser, asked, virtualAuthenticator(origin).get(asked.nonce))).toMatchObject({
    status: 404,
    code: 'passkey_not_registered',
  })
  await withPasskey()
  const begun = await browser.post('/client/sign_ins', { identifier: `holder-${people}@example.com` })
  const path = `/client/sign_ins/${String(begun.response['id'])}/prepare_first_factor`
  const hers = askedBy(await browser.post(path, { strategy: 'passkey' }))
  expect((await attempt(browser, hers, device.get(hers.nonce))).code).toBe('passkey_not_registered')
})

test('nobody is signed in twice on one client by a passkey', async () => {
  const { browser, device } = await withPasskey()
  const asked = await begin(browser)
  const answer = await attempt(browser, asked, device.get(asked.nonce))
  expect(answer).toMatchObject({ status: 400, code: 'identifier_already_signed_in' })
})

test('an open session is verified again by a passkey', async () => {
  const { browser, device } = await withPasskey()
  provider.pass(11)
  const verify = (action: string, form: Record<string, string>) =>
    browser.post(`/client/sessions/${browser.sessionId}/verify${action}`, form)
  await verify('', { level: 'first_factor' })
  const { nonce } = askedBy(await verify('/prepare_first_factor', { strategy: 'passkey' }))
  const form = { strategy: 'passkey', public_key_credential: device.get(nonce) }
  const { response } = await verify('/attempt_first_factor', form)
  expect(response).toMatchObject({ status: 'complete', session: { factor_verification_age: [0, -1] } })
})

test('an instance without passkeys asks for none', async () => {
  const without = await startSignedIn()
  try {
    const browser = await without.signedIn({ email_address: ['nobody@example.com'] })
    expect((await browser.post('/client/sign_ins', { strategy: 'passkey' })).code).toBe('feature_not_enabled')
  } finally {
    await without.stop()
  }
})

test('where the instance does not tell about accounts, a passkey tells nothing either', async () => {
  const discreet = await startSignedIn({ authentication: { passkey: true, enumerationProtection: true } })
  try {
    const browser = await discreet.signedIn({ email_address: ['discreet@example.com'], password })
    const device = virtualAuthenticator(origin)
    const { response } = await browser.post('/me/passkeys')
    const { nonce } = response['verification'] as { nonce: string }
    const form = { public_key_credential: device.create(nonce) }
    await browser.post(`/me/passkeys/${String(response['id'])}/attempt_verification`, form)
    const other = await discreet.signedIn({ email_address: ['other@example.com'] })
    for (const identifier of ['discreet@example.com', 'nobody-at-all@example.com']) {
      const begun = await other.post('/client/sign_ins', { identifier })
      expect(begun.response['supported_first_factors']).not.toContainEqual({ strategy: 'passkey' })
      const path = `/client/sign_ins/${String(begun.response['id'])}`
      const asked = askedBy(await other.post(`${path}/prepare_first_factor`, { strategy: 'passkey' }))
      expect(JSON.parse(asked.nonce)).toMatchObject({ allowCredentials: [] })
      expect((await attempt(other, asked, device.get(asked.nonce))).code).toBe('strategy_for_user_invalid')
    }
    const asked = await begin(other)
    expect((await attempt(other, asked, device.get(asked.nonce))).response['status']).toBe('complete')
  } finally {
    await discreet.stop()
  }
})
