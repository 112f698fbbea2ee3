// Pictures, second factors, compromised passwords and bulk bans of users, through the unmodified @clerk/backend.

import { createHash, createHmac } from 'node:crypto'

import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { codeOf, startTestClerk, type TestClerk } from './running-clerk.ts'

let clerk: TestClerk

beforeAll(async () => {
  clerk = await startTestClerk()
})
afterAll(async () => {
  await clerk.stop()
})

const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')
const pictureOf = (bytes: Buffer, type = 'image/png') => ({ file: new Blob([bytes], { type }) })
const imagesKept = async () => {
  const [row] = await clerk.database.query('select count(*)::int as count from clerk.images', 'supabase_admin')
  return row?.['count']
}

describe('profile images', () => {
  test('an uploaded picture is served as what it is, replaced, and gone with its user', async () => {
    const { id, imageUrl } = await clerk.somebody()
    const uploaded = await clerk.client.users.updateUserProfileImage(id, pictureOf(png, 'text/html'))
    expect(uploaded.hasImage).toBe(true)
    expect(uploaded.imageUrl).toMatch(`${clerk.instance.frontendApiUrl}/images/img_`)
    const served = await fetch(uploaded.imageUrl)
    expect(Buffer.from(await served.arrayBuffer())).toEqual(png)
    expect(Object.fromEntries(served.headers)).toMatchObject({
      'content-type': 'image/png',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
    })
    expect((await clerk.events()).at(-1)).toMatchObject({ type: 'user.updated', data: { has_image: true } })
    const again = await clerk.client.users.updateUserProfileImage(id, pictureOf(Buffer.from('GIF89a......')))
    expect((await fetch(uploaded.imageUrl)).status).toBe(404)
    expect((await fetch(again.imageUrl)).headers.get('content-type')).toBe('image/gif')
    expect(await clerk.client.users.deleteUserProfileImage(id)).toMatchObject({ hasImage: false, imageUrl })
    await clerk.client.users.updateUserProfileImage(id, pictureOf(png))
    await clerk.client.users.deleteUser(id)
    expect(await imagesKept()).toBe(0)
  })

  test('what is no picture, is too large or is missing is refused', async () => {
    const { id } = await clerk.somebody()
    const upload = (bytes: Buffer) => codeOf(clerk.client.users.updateUserProfileImage(id, pictureOf(bytes)))
    expect(await upload(Buffer.from('<svg onload="alert(1)"/>'))).toEqual([415, 'unsupported_content_type'])
    expect(await upload(Buffer.concat([png, Buffer.alloc(10 * 1024 * 1024)]))).toEqual([413, 'image_too_large'])
    const none = await clerk.send('POST', `/users/${id}/profile_image`, {})
    expect(await none.json()).toMatchObject({ errors: [{ code: 'form_param_missing' }] })
    const unknown = clerk.client.users.updateUserProfileImage('user_unknown', pictureOf(png))
    expect(await codeOf(unknown)).toEqual([404, 'resource_not_found'])
    expect(await imagesKept()).toBe(0)
  })
})

/** `12345678901234567890` in base32. */
const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'
/** RFC 6238's code of the secret at this moment. */
const codeNow = () => {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)))
  const hash = createHmac('sha1', '12345678901234567890').update(counter).digest()
  const offset = (hash.at(-1) ?? 0) & 15
  return String((hash.readUInt32BE(offset) & 0x7fff_ffff) % 1_000_000).padStart(6, '0')
}

describe('second factors', () => {
  test('a code of the authenticator app is verified once, and any other is not', async () => {
    const { users } = clerk.client
    const { id } = await clerk.somebody({ totpSecret: secret })
    const code = codeNow()
    expect(await users.verifyTOTP({ userId: id, code })).toEqual({ verified: true, code_type: 'totp' })
    expect(await codeOf(users.verifyTOTP({ userId: id, code }))).toEqual([422, 'form_code_incorrect'])
    const wrong = codeNow() === '000000' ? '000001' : '000000'
    expect(await codeOf(users.verifyTOTP({ userId: id, code: wrong }))).toEqual([422, 'form_code_incorrect'])
    const plain = await clerk.somebody()
    expect(await codeOf(users.verifyTOTP({ userId: plain.id, code: wrong }))).toEqual([400, 'totp_not_configured'])
    expect(await codeOf(users.verifyTOTP({ userId: 'user_unknown', code: wrong }))).toEqual([404, 'resource_not_found'])
  })

  test('each backup code works once, whether it came as text or as a bcrypt digest', async () => {
    const { users } = clerk.client
    /** bcrypt of `opensesame`. */
    const digest = '$2b$04$u3ZWmfUT/jHQVoI.D6kraeDPBr1IstoR0LVTxtypwTJYtYq2uMwiK'
    const { id, backupCodeEnabled } = await clerk.somebody({ backupCodes: ['plain-one', digest] })
    expect(backupCodeEnabled).toBe(true)
    for (const code of ['plain-one', 'opensesame']) {
      const once = await Promise.allSettled([1, 2].map(() => users.verifyTOTP({ userId: id, code })))
      expect(once.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    }
    expect(await users.getUser(id)).toMatchObject({ backupCodeEnabled: false })
    const [row] = await clerk.database.query(
      `select count(*)::int as count from clerk.backup_codes where convert_from(code_digest, 'LATIN1') = 'plain-one'`,
      'supabase_admin',
    )
    expect(row?.['count']).toBe(0)
  })

  test('backup codes are replaced and deleted', async () => {
    const { users } = clerk.client
    const { id } = await clerk.somebody({ backupCodes: ['first-code'] })
    await users.updateUser(id, { backupCodes: ['second-code'] })
    expect(await codeOf(users.verifyTOTP({ userId: id, code: 'first-code' }))).toEqual([422, 'form_code_incorrect'])
    expect(await users.deleteUserBackupCodes(id)).toMatchObject({ user_id: id })
    expect(await users.getUser(id)).toMatchObject({ backupCodeEnabled: false })
    expect((await clerk.events()).at(-1)).toMatchObject({ type: 'user.updated', data: { backup_code_enabled: false } })
    const empty = users.updateUser(id, { backupCodes: [''] })
    expect(await codeOf(empty)).toEqual([422, 'form_param_value_invalid'])
  })

  test('all second factors go together', async () => {
    const { users } = clerk.client
    const { id } = await clerk.somebody({ totpSecret: secret, backupCodes: ['third-code'] })
    expect(await users.disableUserMFA(id)).toMatchObject({ user_id: id })
    expect(await users.getUser(id)).toMatchObject({
      totpEnabled: false,
      backupCodeEnabled: false,
      twoFactorEnabled: false,
    })
  })
})

describe('compromised passwords', () => {
  test('a password is called compromised until it is changed or cleared', async () => {
    const { users, sessions } = clerk.client
    const { id } = await clerk.somebody({ password: 'correct horse battery' })
    const session = await sessions.createSession({ userId: id })
    const needs = async () => (await users.getUser(id)).raw
    await users.setPasswordCompromised(id, { revokeAllSessions: false })
    expect(await sessions.getSession(session.id)).toMatchObject({ status: 'active' })
    expect(await needs()).toMatchObject({ requires_password_reset: true })
    await users.unsetPasswordCompromised(id)
    expect(await needs()).toMatchObject({ requires_password_reset: false })
    await users.setPasswordCompromised(id, { revokeAllSessions: true })
    expect(await sessions.getSession(session.id)).toMatchObject({ status: 'revoked' })
    await users.updateUser(id, { password: 'another horse battery' })
    expect(await needs()).toMatchObject({ requires_password_reset: false })
    expect(await codeOf(users.unsetPasswordCompromised('user_unknown'))).toEqual([404, 'resource_not_found'])
  })
})

describe('bans in bulk', () => {
  test('all are banned and unbanned, or none when one is unknown', async () => {
    const ids = [(await clerk.somebody()).id, (await clerk.somebody()).id]
    const send = async (path: string, user_ids: readonly string[]) => {
      const answer = await clerk.send('POST', path, { user_ids })
      return [answer.status, await answer.json()]
    }
    expect(await send('/users/ban', [...ids, 'user_unknown'])).toMatchObject([404, {}])
    expect(await clerk.client.users.getCount({ userId: ids, banned: true } as object)).toBe(0)
    expect(await send('/users/ban', ids)).toMatchObject([200, [{ banned: true }, { banned: true }]])
    expect(await send('/users/unban', ids)).toMatchObject([200, [{ banned: false }, { banned: false }]])
    expect(await send('/users/ban', [])).toMatchObject([422, { errors: [{ code: 'form_param_missing' }] }])
    const many = Array.from({ length: 51 }, (_, index) => `user_${index}`)
    expect(await send('/users/ban', many)).toMatchObject([422, { errors: [{ code: 'form_param_value_too_large' }] }])
  })
})

describe('digests that migrated users bring', () => {
  test('a digest is checked, and digested anew when its password was right', async () => {
    const { users } = clerk.client
    const password = 'opensesame'
    const sha256 = createHash('sha256').update(password).digest('hex')
    const { id, updatedAt } = await clerk.somebody({ passwordDigest: sha256, passwordHasher: 'sha256' })
    const hasher = async () => {
      const text = `select password_hasher as hasher from clerk.users where id = '${id}'`
      return (await clerk.database.query(text, 'supabase_admin'))[0]?.['hasher']
    }
    expect(await codeOf(users.verifyPassword({ userId: id, password: sha256 }))).toEqual([422, 'incorrect_password'])
    expect(await hasher()).toBe('sha256')
    for (const expected of ['argon2id', 'argon2id']) {
      expect(await users.verifyPassword({ userId: id, password })).toEqual({ verified: true })
      expect(await hasher()).toBe(expected)
    }
    expect((await users.getUser(id)).updatedAt).toBe(updatedAt)
  })

  test.each([
    ['bcrypt', 'no bcrypt', 'form_password_digest_invalid_code'],
    ['awscognito', 'awscognito#pool#client#id', 'form_param_value_invalid'],
  ])('a digest of %s that cannot be checked is refused', async (passwordHasher, passwordDigest, code) => {
    const created = clerk.somebody({ passwordDigest, passwordHasher })
    expect(await codeOf(created)).toEqual([422, code])
  })
})
