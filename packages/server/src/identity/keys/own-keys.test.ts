import { decodeProtectedHeader, type JWK } from 'jose'
import { describe, expect, it } from 'vitest'
import { makePair } from '../verify/verifier-fixture.ts'
import { createOwnKeys } from './own-keys.ts'
import { createSigningKey, parseSigningKeys, printSigningKeys } from './signing-keys.ts'

const secret = 'a secret of more than sixteen characters'
const { privateJwk: signer } = await makePair('ES256', 'signer')
const { privateJwk: older } = await makePair('RS256', 'older')
const file = (keys: unknown): string => JSON.stringify(keys)
const sign = (jwk: JWK): JWK => ({ ...jwk, key_ops: ['sign'] })

describe('the file of signing keys', () => {
  it('has one key that signs and others that stay trusted', async () => {
    const keys = await parseSigningKeys(file([{ ...older, key_ops: ['verify'] }, sign(signer)]))
    expect(keys).toMatchObject([
      { keyId: 'older', algorithm: 'RS256', state: 'previously_used' },
      { keyId: 'signer', algorithm: 'ES256', state: 'in_use' },
    ])
  })

  it('needs no word where there is one key, and gives it an id of its own', async () => {
    const { kid: _kid, alg: _alg, ...bare } = signer
    expect(await parseSigningKeys(file([bare]))).toMatchObject([
      { keyId: expect.stringMatching(/^[\w-]{43}$/) as string, algorithm: 'ES256', state: 'in_use' },
    ])
  })

  it.each([
    ['no JSON', '[', 'the file is not JSON'],
    ['no array', '{}', 'the file must hold an array of private JWKs'],
    ['two signers', file([sign(signer), sign(older)]), 'exactly one key must carry key_ops ["sign"]'],
    ['no signer', file([signer, older]), 'exactly one key must carry key_ops ["sign"]'],
    ['a secret', file([{ kty: 'oct', k: 'c2VjcmV0' }]), 'each key must be an RSA, EC or OKP JWK'],
    ['a public key', file([{ ...signer, d: undefined }]), 'each key must be private (member d)'],
    ['another state', file([{ ...signer, state: 'lost' }]), 'state must be one of standby, in_use'],
    ['one id twice', file([sign(signer), { ...older, kid: 'signer' }]), 'two keys have the same kid'],
    ['null', file([null]), 'each key must be an RSA, EC or OKP JWK'],
  ])('%s is refused', async (_, text, reason) => {
    await expect(parseSigningKeys(text)).rejects.toThrow(`Invalid auth.signing_keys_path: ${reason}`)
  })
})

it('the published set has public members only, and never the secret', async () => {
  const own = createOwnKeys({
    secret,
    signingKeys: await parseSigningKeys(file([sign(signer), { ...older, key_ops: ['verify'] }])),
  })
  for (const key of own.publicJwks().keys) {
    expect(Object.keys(key)).not.toContain('d')
    expect(key).toMatchObject({ use: 'sig', key_ops: ['verify'] })
  }
  expect(own.list()).toEqual([
    { keyId: 'signer', algorithm: 'ES256', state: 'in_use', createdAt: null },
    { keyId: 'older', algorithm: 'RS256', state: 'previously_used', createdAt: null },
    { keyId: 'legacy-secret', algorithm: 'HS256', state: 'previously_used', createdAt: null },
  ])
})

it('the secret signs until a key takes over', async () => {
  const own = createOwnKeys({ secret, signingKeys: [await createSigningKey('ES256', 1000)] })
  expect(decodeProtectedHeader(await own.sign({ role: 'anon' }))).toEqual({ alg: 'HS256', typ: 'JWT' })
  const keyId = own.list()[0]?.keyId ?? ''
  own.rotateTo(keyId)
  expect(decodeProtectedHeader(await own.sign({ role: 'anon' }))).toEqual({ alg: 'ES256', kid: keyId, typ: 'JWT' })
  expect(() => own.rotateTo(keyId)).toThrow(`key ${keyId}: it is in use; only a key on standby can be put to use`)
  expect(() => own.revoke('nobody')).toThrow('there is no key nobody')
})

it('a key goes from standby to use, is trusted after, returns or is revoked, and what is written reads back', async () => {
  const [first, second] = [await createSigningKey('ES256', 1000), await createSigningKey('RS256', 2000)]
  const own = createOwnKeys({ secret })
  let forgotten = 0
  own.onRevoked(() => (forgotten += 1))
  own.add(first)
  own.add(second)
  expect(() => own.add(first)).toThrow(RangeError)
  own.rotateTo(first.keyId)
  own.rotateTo(second.keyId)
  const states = (): unknown => own.list().map(({ state }) => state)
  expect(states()).toEqual(['previously_used', 'in_use', 'previously_used'])
  expect(await parseSigningKeys(printSigningKeys(own.snapshot().signingKeys))).toMatchObject(own.snapshot().signingKeys)
  for (const refused of [second.keyId, 'legacy-secret', first.keyId])
    expect(() => own.remove(refused)).toThrow(RangeError)
  own.revoke(first.keyId)
  expect(() => own.revoke(first.keyId)).toThrow(/it is revoked/)
  expect([own.publicJwks().keys.map(({ kid }) => kid), forgotten]).toEqual([[second.keyId], 1])
  own.returnToStandby(first.keyId)
  expect(own.publicJwks().keys).toHaveLength(2)
  own.returnToStandby('legacy-secret')
  own.rotateTo('legacy-secret')
  expect(states()).toEqual(['standby', 'previously_used', 'in_use'])
  expect(await parseSigningKeys(printSigningKeys(own.snapshot().signingKeys))).toMatchObject([
    { state: 'standby', createdAt: 1000 },
    { state: 'previously_used', createdAt: 2000 },
  ])
  const before = own.snapshot()
  own.remove(first.keyId)
  expect([own.stateOf(first.keyId), forgotten]).toEqual([null, 2])
  own.restore(before)
  expect(own.stateOf(first.keyId)).toBe('standby')
})

it('a short secret is refused as the Supabase CLI words it', () => {
  expect(() => createOwnKeys({ secret: 'short' })).toThrow(
    'Invalid config for auth.jwt_secret. Must be at least 16 characters',
  )
})
