import { expect, test } from 'vitest'

import { digestPassword, passwordMatches, requireAcceptablePassword, requireDigest } from './password-digests.ts'

test('a digest is argon2id and matches its own password only', async () => {
  const digest = await digestPassword('correct horse')
  expect(digest).toMatch(/^\$argon2id\$/)
  requireDigest('argon2id', digest)
  await expect(passwordMatches(digest, 'correct horse')).resolves.toBe(true)
  await expect(passwordMatches(digest, 'battery staple')).resolves.toBe(false)
})

test('a digest of another hasher or of none is refused', async () => {
  const digest = await digestPassword('correct horse')
  expect(() => requireDigest('argon2i', digest)).toThrow(/form_password_digest_invalid_code/)
  expect(() => requireDigest('argon2id', 'plain')).toThrow(/form_password_digest_invalid_code/)
})

test('passwords have 8 to 72 characters', () => {
  expect(() => requireAcceptablePassword('1234567')).toThrow(/form_password_length_too_short/)
  expect(() => requireAcceptablePassword('x'.repeat(73))).toThrow(/form_password_length_too_long/)
  expect(() => requireAcceptablePassword('12345678')).not.toThrow()
})
