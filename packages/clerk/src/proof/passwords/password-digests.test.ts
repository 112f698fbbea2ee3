import { createHash, pbkdf2Sync, scryptSync } from 'node:crypto'

import { expect, test } from 'vitest'

import {
  digestPassword,
  type PasswordHasher,
  passwordMatches,
  requireAcceptablePassword,
  requireDigest,
} from './password-digests.ts'

test('a digest is argon2id and matches its own password only', async () => {
  const digest = await digestPassword('correct horse')
  expect(digest).toMatch(/^\$argon2id\$/)
  requireDigest('argon2id', digest)
  const stored = { digest, hasher: 'argon2id' }
  await expect(passwordMatches(stored, 'correct horse')).resolves.toBe(true)
  await expect(passwordMatches(stored, 'battery staple')).resolves.toBe(false)
  await expect(passwordMatches({ digest, hasher: 'awscognito' }, 'correct horse')).resolves.toBe(false)
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

const sha = (algorithm: string, text: string) => createHash(algorithm).update(text).digest()
const firebaseKey = 'jxspr8Ki0RYycVU8zykbdLGjFQ3McFUH0uiiTvC8pVMXAn210wjLNmdZJzxUECKbm0QsEmYUSDzZvpjeJ9WmXA=='
const firebaseHash = 'lSrfV15cpx95/sZS2W9c9Kp6i/LVgQNDNC/qzrCnh1SAyZvqmZqAjTdn3aoItz+VHjoZilo78198JAdRuid5lQ=='
const bcryptDigest = '$2b$04$u3ZWmfUT/jHQVoI.D6kraeDPBr1IstoR0LVTxtypwTJYtYq2uMwiK'
const symfony = (text: string, salt: string) => {
  const merged = `${text}{${salt}}`
  return createHash('sha512').update(sha('sha512', merged)).update(merged).digest('base64')
}

test.each<[hasher: PasswordHasher, password: string, digest: string]>([
  ['bcrypt', 'opensesame', bcryptDigest],
  ['bcrypt_peppered', 'opense', `${bcryptDigest}$same`],
  ['md5', 'password', '5f4dcc3b5aa765d61d8327deb882cf99'],
  ['md5_salted', 'password', `salt$${sha('md5', 'saltpassword').toString('hex')}`],
  ['md5_salted', 'password', `salt$${sha('md5', 'passwordsalt').toString('hex')}`],
  ['sha256', 'test', '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'],
  ['sha256_salted', 'test', `salt$${sha('sha256', 'salttest').toString('hex')}`],
  ['sha512_symfony', 'test', `sha512_symfony$2$pepper$${symfony('test', 'pepper')}`],
  ['ldap_ssha', 'test', `{SSHA}${Buffer.concat([sha('sha1', 'testsalt'), Buffer.from('salt')]).toString('base64')}`],
  ['phpass', 'test12345', '$P$9IQRaTwmfeRo7ud9Fh4E2PdI0S3r.L0'],
  ['pbkdf2_sha1', 'password', 'pbkdf2_sha1$2$salt$ea6c014dc72d6f8ccd1ed92ace1d41f0d8de8957'],
  ['pbkdf2_sha1', 'password', 'pbkdf2_sha1$2$73616c74$ea6c014dc72d6f8ccd1ed92ace1d41f0d8de8957$20'],
  [
    'pbkdf2_sha256',
    'password',
    `pbkdf2_sha256$10$c2FsdA==$${pbkdf2Sync('password', 'salt', 10, 32, 'sha256').toString('base64')}`,
  ],
  [
    'pbkdf2_sha256_django',
    'password',
    `pbkdf2_sha256$10$salt$${pbkdf2Sync('password', 'salt', 10, 32, 'sha256').toString('base64')}`,
  ],
  [
    'pbkdf2_sha512',
    'password',
    `pbkdf2_sha512$10$salt$${pbkdf2Sync('password', 'salt', 10, 64, 'sha512').toString('hex')}`,
  ],
  [
    'pbkdf2_sha512_hex',
    'password',
    `pbkdf2_sha512_hex$10$73616c74$${pbkdf2Sync('password', 'salt', 10, 64, 'sha512').toString('hex')}`,
  ],
  ['scrypt_firebase', 'user1password', `${firebaseHash}$42xEC+ixf3L2lw==$${firebaseKey}$Bw==$8$14`],
  [
    'scrypt_werkzeug',
    'password',
    `scrypt:1024:8:1$salt$${scryptSync('password', 'salt', 64, { N: 1024 }).toString('hex')}`,
  ],
])('a digest of %s matches %s and nothing else', async (hasher, password, digest) => {
  requireDigest(hasher, digest)
  await expect(passwordMatches({ digest, hasher }, password)).resolves.toBe(true)
  await expect(passwordMatches({ digest, hasher }, `${password}!`)).resolves.toBe(false)
})

test.each<[hasher: PasswordHasher, digest: string]>([
  ['bcrypt', '$2b$31$u3ZWmfUT/jHQVoI.D6kraeDPBr1IstoR0LVTxtypwTJYtYq2uMwiK'],
  ['md5', '5f4dcc3b'],
  ['pbkdf2_sha256', 'pbkdf2_sha256$99999999$c2FsdA==$c2FsdA=='],
  ['pbkdf2_sha512_hex', 'pbkdf2_sha512_hex$10$salt$00'],
  ['scrypt_firebase', `${firebaseHash}$42xEC+ixf3L2lw==$${firebaseKey}$Bw==$8$30`],
  ['phpass', '$P$zIQRaTwmfeRo7ud9Fh4E2PdI0S3r.L0'],
])('a digest of %s that is malformed or costs too much is refused', (hasher, digest) => {
  expect(() => requireDigest(hasher, digest)).toThrow(/form_password_digest_invalid_code/)
})
