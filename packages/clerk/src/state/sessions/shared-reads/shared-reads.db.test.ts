import { afterAll, beforeAll, expect, test } from 'vitest'

import { type Browser, type SignedInProvider, startSignedIn } from '../../../frontend-api/signed-in.test-support.ts'

let provider: SignedInProvider

beforeAll(async () => {
  provider = await startSignedIn()
})
afterAll(() => provider.stop())

const mint = (browser: Browser) => browser.post(`/client/sessions/${browser.sessionId}/tokens`)

function sessionOf(answer: { readonly body: Record<string, unknown> }): unknown {
  const [, payload = ''] = String(answer.body['jwt']).split('.')
  return (JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown>)['sid']
}

test('browsers that ask at the same time get the tokens of their own sessions', async () => {
  const ada = await provider.signedIn({ username: 'ada_l' })
  const eve = await provider.signedIn({ username: 'eve_m' })
  const other = await provider.openFor(ada.userId)
  const asking = Array.from({ length: 30 }, (_, at) => [ada, eve, other][at % 3] ?? ada)
  const answers = await Promise.all(asking.map(mint))
  expect(answers.map(sessionOf)).toEqual(asking.map(({ sessionId }) => sessionId))
})

test('a browser cannot mint for the session of another, however many ask beside it', async () => {
  const mallory = await provider.signedIn({ username: 'mallory' })
  const alice = await provider.signedIn({ username: 'alice' })
  const beside = Array.from({ length: 20 }, () => mint(alice))
  const answer = await mallory.post(`/client/sessions/${alice.sessionId}/tokens`)
  expect([answer.status, answer.code]).toEqual([404, 'resource_not_found'])
  await Promise.all(beside)
})

test('a session mints nothing for its browser from the moment it is revoked', async () => {
  const bob = await provider.signedIn({ username: 'bob_n' })
  const busy = await provider.signedIn({ username: 'busy' })
  const beside = Array.from({ length: 20 }, () => mint(busy))
  await provider.backend('POST', `/sessions/${bob.sessionId}/revoke`)
  const answer = await mint(bob)
  expect([answer.status, answer.code]).toEqual([401, 'authentication_invalid'])
  await Promise.all(beside)
})

test('a client cookie that is nobody’s spoils nothing for those who ask at the same time', async () => {
  const carol = await provider.signedIn({ username: 'carol' })
  const cookie = '__client=nobody%00'
  const [forged, own] = await Promise.all([carol.ask('/client', { headers: { cookie } }), mint(carol)])
  expect(forged.status).toBe(200)
  expect(sessionOf(own)).toBe(carol.sessionId)
})
