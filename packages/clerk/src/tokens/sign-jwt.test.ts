import { generateKeyPairSync } from 'node:crypto'

import { decodeProtectedHeader, importSPKI, jwtVerify } from 'jose'
import { expect, test } from 'vitest'

import { readPrivateKey, signJwt } from './sign-jwt.ts'

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const claims = { sub: 'user_1', iat: 1_700_000_000 }

test('a session token verifies and its header names its class, its key and its first issue', async () => {
  const token = await signJwt(claims, 'session', { algorithm: 'RS256', kid: 'ins_1', key: rsa.privateKey })
  const { payload, protectedHeader } = await jwtVerify(token, rsa.publicKey)
  expect(payload).toEqual(claims)
  expect(protectedHeader).toEqual({
    alg: 'RS256',
    typ: 'JWT',
    kid: 'ins_1',
    cat: 'cl_B7d4PD111AAA',
    oiat: 1_700_000_000,
  })
})

test('a template token is of its own class and names no key that nobody publishes', async () => {
  const token = await signJwt(claims, 'template', { algorithm: 'HS256', kid: null, key: 'a secret' })
  await expect(jwtVerify(token, new TextEncoder().encode('a secret'))).resolves.toBeDefined()
  expect(decodeProtectedHeader(token)).toEqual({ alg: 'HS256', typ: 'JWT', cat: 'cl_B7d4PD222AAA' })
})

test('an ES256 signature has the form JOSE asks for', async () => {
  const token = await signJwt(claims, 'template', { algorithm: 'ES256', kid: null, key: ec.privateKey })
  const publicKey = await importSPKI(ec.publicKey.export({ format: 'pem', type: 'spki' }).toString(), 'ES256')
  await expect(jwtVerify(token, publicKey)).resolves.toBeDefined()
})

test('a key is read only for the algorithms it can sign', () => {
  const pem = rsa.privateKey.export({ format: 'pem', type: 'pkcs8' }).toString()
  expect(readPrivateKey(pem, 'RS256')).not.toBeNull()
  expect(readPrivateKey(pem, 'ES256')).toBeNull()
  expect(readPrivateKey('not a key', 'RS256')).toBeNull()
})
