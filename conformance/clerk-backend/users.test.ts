// Users as the unmodified @clerk/backend makes, changes, bans, locks and deletes them.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { refusalOf, startTestClerk, type TestClerk } from './running-clerk.ts'

const password = 'correct horse battery'

let clerk: TestClerk

beforeAll(async () => {
  clerk = await startTestClerk()
})

afterAll(async () => {
  await clerk.stop()
})

describe('users', () => {
  test('a user is created with everything the request names', async () => {
    const user = await clerk.client.users.createUser({
      emailAddress: ['Ada@Example.com', 'ada@work.example'],
      phoneNumber: ['+15555550100'],
      username: 'ada_l',
      firstName: 'Ada',
      lastName: 'Lovelace',
      password,
      externalId: 'legacy-1',
      publicMetadata: { plan: 'pro' },
      privateMetadata: { note: 'x' },
      unsafeMetadata: { theme: 'dark' },
    })
    expect(user.id).toMatch(/^user_[0-9A-Za-z]{27}$/)
    expect(user).toMatchObject({
      username: 'ada_l',
      firstName: 'Ada',
      lastName: 'Lovelace',
      externalId: 'legacy-1',
      passwordEnabled: true,
      publicMetadata: { plan: 'pro' },
      privateMetadata: { note: 'x' },
      unsafeMetadata: { theme: 'dark' },
      twoFactorEnabled: false,
      banned: false,
      locked: false,
      lastSignInAt: null,
    })
    expect(user.primaryEmailAddress).toMatchObject({
      emailAddress: 'ada@example.com',
      verification: { status: 'verified', strategy: 'admin' },
    })
    expect(user.emailAddresses.map(({ emailAddress }) => emailAddress)).toEqual(['ada@example.com', 'ada@work.example'])
    expect(user.primaryPhoneNumber?.phoneNumber).toBe('+15555550100')
    expect(Math.abs(user.createdAt - Date.now())).toBeLessThan(60_000)
    await expect(clerk.client.users.getUser(user.id)).resolves.toMatchObject({ id: user.id, username: 'ada_l' })
  })

  test('the picture of a user is an image this server has', async () => {
    const { imageUrl } = await clerk.somebody()
    const picture = await fetch(imageUrl)
    expect([picture.status, picture.headers.get('content-type')]).toEqual([200, 'image/svg+xml'])
  })

  test.each<[what: string, params: object, code: string, param: string | undefined]>([
    ['a taken e-mail address', { emailAddress: ['taken@example.com'] }, 'form_identifier_exists', 'email_address'],
    ['a taken username in other capitals', { username: 'TAKEN_NAME' }, 'form_identifier_exists', 'username'],
    ['a taken external id', { username: 'free_name', externalId: 'taken' }, 'form_identifier_exists', 'external_id'],
    ['what is no e-mail address', { emailAddress: ['nobody'] }, 'form_param_format_invalid', 'email_address'],
    ['what is no phone number', { phoneNumber: ['123'] }, 'form_param_format_invalid', 'phone_number'],
    ['a short password', { username: 'free_name', password: 'short' }, 'form_password_length_too_short', 'password'],
    ['nobody at all', {}, 'form_data_missing', undefined],
    ['an unknown parameter', { username: 'free_name', shoeSize: 43 }, 'form_param_unknown', 'shoe_size'],
    ['a parameter of the wrong type', { username: 'free_name', firstName: 4 }, 'form_param_type_invalid', 'first_name'],
  ])('creating %s is refused and leaves nothing behind', async (_what, params, code, param) => {
    const taken = { emailAddress: ['taken@example.com'], username: 'taken_name', externalId: 'taken' }
    await clerk.client.users.createUser(taken).catch(() => null)
    const before = await clerk.client.users.getCount()
    const refusal = await refusalOf(clerk.client.users.createUser(params))
    expect(refusal.status).toBe(422)
    expect(refusal.errors[0]).toMatchObject({ code, meta: { paramName: param } })
    expect(refusal.clerkTraceId).toMatch(/^[0-9a-f]{32}$/)
    await expect(clerk.client.users.getCount()).resolves.toBe(before)
  })

  test('a user is changed, and a deprecated metadata change replaces', async () => {
    const user = await clerk.somebody({ publicMetadata: { a: 1 } })
    const changed = await clerk.client.users.updateUser(user.id, { firstName: 'Grace', publicMetadata: { b: 2 } })
    expect(changed).toMatchObject({ firstName: 'Grace', publicMetadata: { b: 2 } })
    expect(changed.updatedAt).toBeGreaterThanOrEqual(user.updatedAt)
    await expect(clerk.client.users.updateUser(user.id, { firstName: null as never })).resolves.toMatchObject({
      firstName: null,
    })
  })

  test('metadata merges deeply, null removes, and a replacement touches only what it names', async () => {
    const user = await clerk.somebody({ publicMetadata: { a: { b: 1, c: 2 } }, privateMetadata: { kept: true } })
    const merged = await clerk.client.users.updateUserMetadata(user.id, {
      publicMetadata: { a: { b: null, d: 3 } },
    })
    expect(merged).toMatchObject({ publicMetadata: { a: { c: 2, d: 3 } }, privateMetadata: { kept: true } })
    expect(merged.publicMetadata['a']).not.toHaveProperty('b')
    const replaced = await clerk.client.users.replaceUserMetadata(user.id, { publicMetadata: { z: 1 } })
    expect([replaced.publicMetadata, replaced.privateMetadata]).toEqual([{ z: 1 }, { kept: true }])
  })

  test('merges at the same time lose nothing', async () => {
    const user = await clerk.somebody()
    const keys = Array.from({ length: 8 }, (_, index) => `k${index}`)
    await Promise.all(
      keys.map((key) => clerk.client.users.updateUserMetadata(user.id, { publicMetadata: { [key]: 1 } })),
    )
    expect(Object.keys((await clerk.client.users.getUser(user.id)).publicMetadata).toSorted()).toEqual(keys)
  })

  test('passwords are verified, changed and removed', async () => {
    const { id } = await clerk.somebody({ password })
    await expect(clerk.client.users.verifyPassword({ userId: id, password })).resolves.toEqual({ verified: true })
    const wrong = await refusalOf(clerk.client.users.verifyPassword({ userId: id, password: 'wrong' }))
    expect([wrong.status, wrong.errors[0]?.code]).toEqual([422, 'incorrect_password'])
    await clerk.client.users.updateUser(id, { password: 'another long one' })
    await clerk.client.users.verifyPassword({ userId: id, password: 'another long one' })
    await expect(clerk.client.users.removePassword(id)).resolves.toMatchObject({ passwordEnabled: false })
    const none = await refusalOf(clerk.client.users.verifyPassword({ userId: id, password }))
    expect([none.status, none.errors[0]?.code]).toEqual([400, 'no_password_set'])
  })

  test('a ban ends the sessions of a user, and a lock is told with its end', async () => {
    const { id } = await clerk.somebody()
    const session = await clerk.client.sessions.createSession({ userId: id })
    await expect(clerk.client.users.banUser(id)).resolves.toMatchObject({ banned: true })
    expect((await clerk.client.sessions.getSession(session.id)).status).toBe('revoked')
    expect((await refusalOf(clerk.client.sessions.createSession({ userId: id }))).errors[0]?.code).toBe('user_banned')
    await expect(clerk.client.users.unbanUser(id)).resolves.toMatchObject({ banned: false })
    const locked = await clerk.client.users.lockUser(id)
    expect([locked.locked, (locked.raw?.lockout_expires_in_seconds ?? 0) > 3500]).toEqual([true, true])
    await expect(clerk.client.users.unlockUser(id)).resolves.toMatchObject({ locked: false })
  })

  test('a deleted user is gone, with her identifiers free again', async () => {
    const user = await clerk.client.users.createUser({ emailAddress: ['gone@example.com'] })
    await expect(clerk.client.users.deleteUser(user.id)).resolves.toMatchObject({
      id: user.id,
      deleted: true,
      object: 'user',
    })
    const refusal = await refusalOf(clerk.client.users.getUser(user.id))
    expect([refusal.status, refusal.errors[0]?.code]).toEqual([404, 'resource_not_found'])
    await clerk.client.users.createUser({ emailAddress: ['gone@example.com'] })
  })
})
