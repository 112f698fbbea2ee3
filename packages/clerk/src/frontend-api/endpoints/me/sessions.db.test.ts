import { afterAll, beforeAll, expect, test } from 'vitest'

import { type SignedInProvider, startSignedIn } from '../../signed-in.test-support.ts'

let provider: SignedInProvider

beforeAll(async () => {
  provider = await startSignedIn()
})

afterAll(() => provider.stop())

test('the devices come as a bare array, each with where it was seen', async () => {
  const ada = await provider.signedIn({ email_address: ['devices@example.com'] })
  const userAgent =
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15'
  await ada.ask(`/client/sessions/${ada.sessionId}/touch`, { method: 'POST', headers: { 'user-agent': userAgent } })
  const other = await provider.openFor(ada.userId)
  const { body } = await ada.ask('/me/sessions/active')
  expect(body).toMatchObject([
    { id: other.sessionId, user: null, latest_activity: { object: 'session_activity', is_mobile: false } },
    {
      id: ada.sessionId,
      status: 'active',
      latest_activity: {
        browser_name: 'Safari',
        browser_version: '18.1',
        device_type: 'Macintosh',
        ip_address: '127.0.0.1',
      },
    },
  ])
})

test('another device is signed out, once, and is listed as over', async () => {
  const ada = await provider.signedIn({ email_address: ['revokes@example.com'] })
  const other = await provider.openFor(ada.userId)
  const path = `/me/sessions/${other.sessionId}/revoke`
  expect(await provider.eventsOf(() => ada.post(path))).toEqual(['session.revoked'])
  expect((await other.ask('/me')).status).toBe(401)
  expect((await ada.post(path)).response).toMatchObject({ id: other.sessionId, status: 'revoked' })
  expect((await ada.ask('/me/sessions')).body).toMatchObject([{ status: 'revoked' }, { status: 'active' }])
})

test('nobody signs out somebody else, nor from a stale session', async () => {
  const ada = await provider.signedIn({ email_address: ['ada-s@example.com'] })
  const bob = await provider.signedIn({ email_address: ['bob-s@example.com'] })
  expect(await ada.post(`/me/sessions/${bob.sessionId}/revoke`)).toMatchObject({
    status: 404,
    code: 'resource_not_found',
  })
  expect((await bob.ask('/me')).status).toBe(200)
  provider.pass(11)
  expect((await ada.post(`/me/sessions/${ada.sessionId}/revoke`)).code).toBe('session_reverification_required')
})
