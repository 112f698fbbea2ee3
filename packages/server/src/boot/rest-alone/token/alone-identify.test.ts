import { generateKeyPair, exportJWK, SignJWT } from 'jose'
import { describe, expect, test } from 'vitest'
import { createAloneIdentify, type AloneIdentifyOptions } from './alone-identify.ts'
import { parseRolePath } from './role-path.ts'
import { parseTokenKeys } from './token-keys.ts'

const secret = 'a secret of more than 32 characters'
const now = 1_000_000

function identify(more: Partial<AloneIdentifyOptions> = {}): ReturnType<typeof createAloneIdentify> {
  return createAloneIdentify({
    keys: parseTokenKeys(Buffer.from(secret)),
    audience: null,
    rolePath: parseRolePath('$.role'),
    anonymousRole: 'anon',
    cacheSize: 2,
    now: () => now,
    ...more,
  })
}

function sign(claims: object, key = secret, header: object = {}): Promise<string> {
  return new SignJWT({ ...claims }).setProtectedHeader({ alg: 'HS256', ...header }).sign(Buffer.from(key))
}

const bearer = (token: string): { authorization: string; apikey: undefined } => ({
  authorization: `Bearer ${token}`,
  apikey: undefined,
})

test('a caller without a token is anonymous, and refused where nobody may be', async () => {
  const nobody = { authorization: undefined, apikey: 'ignored' }
  expect(await identify()(nobody)).toMatchObject({ role: 'anon', via: 'anonymous', claimsJson: '{"role":"anon"}' })
  await expect(identify({ anonymousRole: null })(nobody)).rejects.toMatchObject({ code: 'token.anonymous-disabled' })
})

test('a token gives the role and all its claims', async () => {
  const identity = await identify()(bearer(await sign({ sub: 'ada', role: 'reader', exp: now + 5 })))
  expect(identity).toMatchObject({ role: 'reader', subject: 'ada', via: 'token', expiresAt: now + 5 })
  expect(JSON.parse(identity.claimsJson)).toEqual({ sub: 'ada', role: 'reader', exp: now + 5 })
})

describe('a token is refused', () => {
  const cases: readonly (readonly [why: string, token: () => Promise<string>, code: string])[] = [
    ['empty', () => Promise.resolve(''), 'token.empty'],
    ['of two parts', () => Promise.resolve('a.b'), 'token.malformed'],
    ['with a header that is none', () => Promise.resolve('a.b.c'), 'token.undecodable'],
    [
      'unsigned',
      () => Promise.resolve(`${Buffer.from('{"alg":"none"}').toString('base64url')}.e30.`),
      'token.algorithm-none',
    ],
    ['signed with another secret', () => sign({}, 'another secret of enough characters'), 'token.signature-invalid'],
    ['naming a key nobody has', () => sign({}, secret, { kid: 'x' }), 'token.key-unknown'],
    ['too old', () => sign({ exp: now - 31 }), 'token.expired'],
    ['not yet valid', () => sign({ nbf: now + 31 }), 'token.not-yet-valid'],
    ['from the future', () => sign({ iat: now + 31 }), 'token.issued-in-future'],
    ['with a time that is a text', () => sign({ exp: 'soon' }), 'token.claim-type'],
    ['for another audience', () => sign({ aud: ['other'] }), 'token.audience'],
    ['for an empty audience', () => sign({ aud: '' }), 'token.audience'],
    ['with an audience of numbers', () => sign({ aud: [1] }), 'token.claim-type'],
  ]
  test.each(cases)('that is %s', async (_why, token, code) => {
    await expect(identify({ audience: 'us' })(bearer(await token()))).rejects.toMatchObject({ code })
  })
})

test('clocks may differ by thirty seconds, and an audience may be left out', async () => {
  const token = await sign({ exp: now - 30, nbf: now + 30, iat: now + 30, aud: [] })
  expect(await identify({ audience: 'us' })(bearer(token))).toMatchObject({ via: 'token' })
})

test('a remembered token is still judged by its times', async () => {
  let clock = now
  const asked = identify({ now: () => clock })
  const token = await sign({ exp: now + 1 })
  await asked(bearer(token))
  clock += 60
  await expect(asked(bearer(token))).rejects.toMatchObject({ code: 'token.expired' })
})

test('a set of keys verifies by the one that is named', async () => {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true })
  const jwk = { ...(await exportJWK(publicKey)), kid: 'one', alg: 'RS256' }
  const keys = parseTokenKeys(Buffer.from(JSON.stringify({ keys: [jwk] })))
  const token = await new SignJWT({ role: 'reader' }).setProtectedHeader({ alg: 'RS256', kid: 'one' }).sign(privateKey)
  expect(await identify({ keys })(bearer(token))).toMatchObject({ role: 'reader' })
  await expect(identify({ keys })(bearer(await sign({})))).rejects.toMatchObject({ code: 'token.key-unknown' })
})

test('a server without keys says so, and a short secret is no key', async () => {
  await expect(identify({ keys: null })(bearer(await sign({})))).rejects.toMatchObject({
    code: 'token.no-keys-configured',
  })
  expect(() => parseTokenKeys(Buffer.from('short'))).toThrow('at least 32 characters')
})
