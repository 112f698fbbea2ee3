import { afterAll, beforeAll, expect, test } from 'vitest'

import { type SignedInProvider, startSignedIn } from '../../signed-in.test-support.ts'

let provider: SignedInProvider
let strict: SignedInProvider

beforeAll(async () => {
  provider = await startSignedIn()
  const authentication = { reverification: false, password: 'optional', passwordMinLength: 12 } as const
  strict = await startSignedIn({ authentication })
})

afterAll(async () => {
  await provider.stop()
  await strict.stop()
})

test('a recently verified session changes the password without the current one, and its owner is told', async () => {
  const ada = await provider.signedIn({ email_address: ['ada@example.com'], password: 'a password of hers' })
  const answer = await ada.post('/me/change_password', { new_password: 'quite another one' })
  expect(answer.response).toMatchObject({ object: 'user', password_enabled: true })
  expect(await provider.lastMessage('ada@example.com')).toMatchObject({ slug: 'password_changed' })
  const check = { password: 'quite another one' }
  expect(await provider.backend('POST', `/users/${ada.userId}/verify_password`, check)).toEqual({ verified: true })
})

test('a stale session changes nothing', async () => {
  const ada = await provider.signedIn({ email_address: ['late@example.com'], password: 'a password of hers' })
  provider.pass(11)
  const answer = await ada.post('/me/change_password', { new_password: 'quite another one' })
  expect(answer).toMatchObject({ status: 403, code: 'session_reverification_required' })
})

test('signing out of the other sessions leaves the one that asked', async () => {
  const ada = await provider.signedIn({ email_address: ['two@example.com'], password: 'a password of hers' })
  const other = await provider.openFor(ada.userId)
  const form = { new_password: 'quite another one', sign_out_of_other_sessions: 'true' }
  expect((await ada.post('/me/change_password', form)).status).toBe(200)
  expect((await ada.ask('/me')).status).toBe(200)
  expect((await other.ask('/me')).status).toBe(401)
})

test('a password that is required is not removed, and a wrong current one is refused when sent', async () => {
  const ada = await provider.signedIn({ email_address: ['keeps@example.com'], password: 'a password of hers' })
  const remove = await ada.post('/me/remove_password', { current_password: 'a password of hers' })
  expect(remove).toMatchObject({ status: 400, code: 'password_required' })
  const wrong = { current_password: 'not this one', new_password: 'quite another one' }
  expect((await ada.post('/me/change_password', wrong)).code).toBe('form_password_validation_failed')
})

test('without reverification the current password is asked for, and the least length is the instance’s', async () => {
  const ada = await strict.signedIn({ email_address: ['strict@example.com'], password: 'a password of hers' })
  strict.pass(30)
  const change = (form: Record<string, string>) => ada.post('/me/change_password', form)
  expect((await change({ new_password: 'quite another one' })).code).toBe('form_param_missing')
  const current = { current_password: 'a password of hers' }
  expect((await change({ ...current, new_password: 'eleven char' })).body).toMatchObject({
    errors: [{ code: 'form_password_length_too_short', meta: { param_name: 'new_password' } }],
  })
  expect((await change({ ...current, new_password: 'quite another one' })).status).toBe(200)
})

test('a password that is optional can be removed, once', async () => {
  const ada = await strict.signedIn({ email_address: ['removes@example.com'], password: 'a password of hers' })
  const form = { current_password: 'a password of hers' }
  expect((await ada.post('/me/remove_password', form)).response['password_enabled']).toBe(false)
  expect(await strict.lastMessage('removes@example.com')).toMatchObject({ slug: 'password_removed' })
  expect((await ada.post('/me/remove_password', form)).code).toBe('no_password_set')
  expect((await ada.post('/me/change_password', { new_password: 'set for the first time' })).status).toBe(200)
})
