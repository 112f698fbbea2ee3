import { createPublicKey } from 'node:crypto'
import { importJWK } from 'jose'
import { describe, expect, it } from 'vitest'
import { defaultJwtSecret, mintLegacyKeys } from '../api-keys/legacy-keys.ts'
import { isRefusal } from '../../refusal/refusal.ts'
import { parseIssuers } from '../issuers/parse-issuers.ts'
import { createOwnKeys } from '../keys/own-keys.ts'
import {
  clerkIssuer,
  createWorld,
  makePair,
  mint,
  now,
  signRaw,
  silentLog,
  type TokenKind,
  type World,
} from './verifier-fixture.ts'
import { createVerifier } from './verifier.ts'

const world: World = await createWorld()
// Whose a key id is can be said of keys already fetched only.
await Promise.all(world.kinds.map(async (kind) => world.verifier.verify(await mint(kind))))
const kindNamed = (name: string): TokenKind => {
  const kind = world.kinds.find((candidate) => candidate.name === name)
  if (kind === undefined) throw new Error(`no kind ${name}`)
  return kind
}

/** The role a token gets, or the code it is refused with. */
async function outcome(token: string, verifier = world.verifier): Promise<string> {
  try {
    return (await verifier.verify(token)).role
  } catch (thrown) {
    if (isRefusal(thrown)) return thrown.code
    throw thrown
  }
}

interface Case {
  readonly name: string
  readonly token: (kind: TokenKind) => Promise<string>
  readonly expected: string | ((kind: TokenKind) => string)
}

const bySigner =
  (thirdParty: string, ownKey: string, ownSecret: string) =>
  ({ signer }: TokenKind): string =>
    ({ 'third-party': thirdParty, 'own-key': ownKey, 'own-secret': ownSecret })[signer]

/** An HMAC signature is doubtful twice over where the kid names somebody's public key. */
const badSignature = ({ signer, header }: TokenKind): string =>
  signer === 'own-secret' && header['kid'] !== undefined ? 'token.algorithm-mismatch' : 'token.signature-invalid'

const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')

async function edited(kind: TokenKind, edit: (parts: [string, string, string]) => string[]): Promise<string> {
  return edit((await mint(kind)).split('.') as [string, string, string]).join('.')
}

/** An HS256 token whose secret is public key material of the kind's own key, in the forms attackers use. */
function confused(kind: TokenKind, form: 'pem' | 'modulus' | 'jwk', header: object): Promise<string> {
  const jwk = kind.publicJwk ?? { kty: 'RSA', n: 'AQAB', e: 'AQAB' }
  const pem =
    kind.publicJwk === null
      ? 'no key'
      : createPublicKey({ key: jwk, format: 'jwk' }).export({ type: 'spki', format: 'pem' })
  const secret = {
    pem: Buffer.from(pem),
    modulus: Buffer.from(jwk.n ?? jwk.x ?? '', 'base64url'),
    jwk: Buffer.from(JSON.stringify(jwk)),
  }
  return signRaw({ typ: 'JWT', alg: 'HS256', ...header }, { ...kind.claims, role: 'service_role' }, secret[form])
}

const cases: readonly Case[] = [
  { name: 'as it comes', token: (kind) => mint(kind), expected: 'authenticated' },
  { name: 'expired within the leeway', token: (kind) => mint(kind, { exp: now - 29 }), expected: 'authenticated' },
  { name: 'expired', token: (kind) => mint(kind, { exp: now - 31 }), expected: 'token.expired' },
  {
    name: 'without exp',
    token: (kind) => mint(kind, { exp: undefined }),
    expected: bySigner('token.expiry-missing', 'authenticated', 'authenticated'),
  },
  { name: 'exp as text', token: (kind) => mint(kind, { exp: String(now + 55) }), expected: 'token.claim-type' },
  { name: 'exp null', token: (kind) => mint(kind, { exp: null }), expected: 'token.claim-type' },
  { name: 'nbf as text', token: (kind) => mint(kind, { nbf: 'soon' }), expected: 'token.claim-type' },
  { name: 'iat as a list', token: (kind) => mint(kind, { iat: [1] }), expected: 'token.claim-type' },
  { name: 'aud as a number', token: (kind) => mint(kind, { aud: 7 }), expected: 'token.claim-type' },
  { name: 'aud as a mixed list', token: (kind) => mint(kind, { aud: ['a', 7] }), expected: 'token.claim-type' },
  { name: 'any aud where none is asked for', token: (kind) => mint(kind, { aud: ['x'] }), expected: 'authenticated' },
  { name: 'not yet valid', token: (kind) => mint(kind, { nbf: now + 31 }), expected: 'token.not-yet-valid' },
  { name: 'nbf within the leeway', token: (kind) => mint(kind, { nbf: now + 29 }), expected: 'authenticated' },
  { name: 'issued in the future', token: (kind) => mint(kind, { iat: now + 31 }), expected: 'token.issued-in-future' },
  { name: 'without role', token: (kind) => mint(kind, { role: undefined }), expected: 'anon' },
  {
    name: 'role service_role',
    token: (kind) => mint(kind, { role: 'service_role' }),
    expected: bySigner('token.role-not-allowed', 'service_role', 'service_role'),
  },
  {
    name: 'a custom role',
    token: (kind) => mint(kind, { role: 'editor' }),
    expected: bySigner('token.role-not-allowed', 'editor', 'editor'),
  },
  {
    name: 'role authenticator',
    token: (kind) => mint(kind, { role: 'authenticator' }),
    expected: 'token.role-not-allowed',
  },
  {
    name: 'role supabase_admin',
    token: (kind) => mint(kind, { role: 'supabase_admin' }),
    expected: 'token.role-not-allowed',
  },
  { name: 'role none', token: (kind) => mint(kind, { role: 'none' }), expected: 'token.role-not-allowed' },
  { name: 'role a number', token: (kind) => mint(kind, { role: 1 }), expected: 'token.claim-type' },
  { name: 'role empty', token: (kind) => mint(kind, { role: '' }), expected: 'token.claim-type' },
  {
    name: 'payload changed',
    token: (kind) => edited(kind, ([h, , s]) => [h, part({ ...kind.claims, sub: 'somebody' }), s]),
    expected: badSignature,
  },
  { name: 'signature removed', token: (kind) => edited(kind, ([h, p]) => [h, p, '']), expected: badSignature },
  {
    name: 'alg none',
    token: (kind) => edited(kind, ([, p]) => [part({ alg: 'none' }), p, '']),
    expected: 'token.algorithm-none',
  },
  {
    name: 'alg nOnE with signature',
    token: (kind) => edited(kind, ([, p, s]) => [part({ ...kind.header, alg: 'nOnE' }), p, s]),
    expected: 'token.algorithm-none',
  },
  {
    name: 'alg absent',
    token: (kind) => edited(kind, ([, p, s]) => [part({ typ: 'JWT' }), p, s]),
    expected: 'token.algorithm-unsupported',
  },
  {
    name: 'alg unknown',
    token: (kind) => edited(kind, ([, p, s]) => [part({ ...kind.header, alg: 'HS1' }), p, s]),
    expected: 'token.algorithm-unsupported',
  },
  {
    name: 'crit header',
    token: (kind) => mint(kind, {}, { crit: ['x'], x: 1 }),
    expected: 'token.critical-unsupported',
  },
  {
    name: 'unencoded payload',
    token: (kind) => edited(kind, ([, p, s]) => [part({ ...kind.header, b64: false }), p, s]),
    expected: 'token.critical-unsupported',
  },
  { name: 'any typ', token: (kind) => mint(kind, {}, { typ: 'at+jwt' }), expected: 'authenticated' },
  { name: 'two parts', token: (kind) => edited(kind, ([h, p]) => [h, p]), expected: 'token.malformed' },
  { name: 'four parts', token: (kind) => edited(kind, (parts) => [...parts, 'x']), expected: 'token.malformed' },
  { name: 'five parts', token: (kind) => edited(kind, (parts) => [...parts, 'x', 'y']), expected: 'token.encrypted' },
  {
    name: 'header not base64url',
    token: (kind) => edited(kind, ([h, p, s]) => [`${h}*`, p, s]),
    expected: 'token.undecodable',
  },
  {
    name: 'header not an object',
    token: (kind) => edited(kind, ([, p, s]) => [part([]), p, s]),
    expected: 'token.undecodable',
  },
  {
    name: 'payload not base64url',
    token: (kind) => edited(kind, ([h, p, s]) => [h, `${p}+`, s]),
    expected: 'token.undecodable',
  },
  {
    name: 'signature not base64url',
    token: (kind) => edited(kind, ([h, p, s]) => [h, p, `${s}=`]),
    expected: 'token.undecodable',
  },
  {
    name: 'claims a list',
    token: (kind) => signRaw({ ...kind.header }, [1], kind.key),
    expected: bySigner('token.issuer-mismatch', 'token.claims-malformed', 'token.claims-malformed'),
  },
  { name: 'too large', token: (kind) => mint(kind, { padding: 'x'.repeat(16_384) }), expected: 'token.too-large' },
  {
    name: 'unknown kid',
    token: (kind) => mint(kind, {}, { kid: 'nobody' }),
    expected: bySigner('token.key-unknown', 'token.issuer-unknown', 'authenticated'),
  },
  { name: 'without kid', token: (kind) => mint(kind, {}, { kid: undefined }), expected: 'authenticated' },
  {
    name: 'without iss',
    token: (kind) => mint(kind, { iss: undefined }),
    expected: bySigner('token.issuer-mismatch', 'authenticated', 'authenticated'),
  },
  {
    name: 'iss nobody knows',
    token: (kind) => mint(kind, { iss: 'https://evil.example' }),
    expected: bySigner('token.issuer-mismatch', 'authenticated', 'authenticated'),
  },
  {
    name: 'iss of another issuer',
    token: (kind) =>
      mint(kind, { iss: kind.claims['iss'] === clerkIssuer ? 'https://id.example.com/realms/main' : clerkIssuer }),
    expected: bySigner('token.issuer-mismatch', 'token.issuer-mismatch', 'authenticated'),
  },
  {
    name: 'iss with a trailing slash',
    token: (kind) => mint(kind, { iss: `${kind.claims['iss'] as string}/` }),
    expected: 'authenticated',
  },
  {
    name: "another's key under its kid",
    token: async (kind) => {
      const alg = kind.header['alg'] as string
      const key = alg.startsWith('HS')
        ? new TextEncoder().encode(`another ${defaultJwtSecret}`)
        : (await makePair(alg, 'x')).privateKey
      return signRaw({ ...kind.header, kid: kind.publicJwk?.kid }, kind.claims, key)
    },
    expected: 'token.signature-invalid',
  },
  ...(['pem', 'modulus', 'jwk'] as const).flatMap((form): Case[] => [
    {
      name: `its public key as HMAC secret (${form}), naming the key`,
      token: (kind) => confused(kind, form, { kid: kind.publicJwk?.kid }),
      expected: bySigner('token.algorithm-mismatch', 'token.algorithm-mismatch', 'token.signature-invalid'),
    },
    {
      name: `its public key as HMAC secret (${form}), naming none`,
      token: (kind) => confused(kind, form, {}),
      expected: 'token.signature-invalid',
    },
  ]),
]

describe.each(world.kinds)('$name', (kind) => {
  it.each(cases)('$name', async ({ token, expected }) => {
    const text = await token(kind)
    expect(await outcome(text)).toBe(typeof expected === 'string' ? expected : expected(kind))
  })
})

it.each([
  ['nothing', '', 'token.empty'],
  ['an opaque key', 'sb_publishable_ACJWlzQHlZjBrEguHvfOxg_3BJgxAaH', 'token.malformed'],
  ['garbage', 'garbage', 'token.malformed'],
  ['dots', '..', 'token.undecodable'],
])('%s is no token', async (_, token, code) => {
  expect(await outcome(token)).toBe(code)
})

it('a key for RS256 verifies no PS256, although both are RSA', async () => {
  const pair = await makePair('PS256', 'ins_1')
  const kind = kindNamed('Clerk session v2, RS256')
  expect(await outcome(await signRaw({ ...kind.header, alg: 'PS256' }, kind.claims, pair.privateKey))).toBe(
    'token.algorithm-mismatch',
  )
})

it('an identity carries the claims with the resolved role, their JSON, the issuer and the subject', async () => {
  const identity = await world.verifier.verify(await mint(kindNamed('Clerk session v2, RS256'), { role: undefined }))
  expect(identity).toMatchObject({
    kind: 'identity',
    role: 'anon',
    issuer: clerkIssuer,
    subject: 'user_2x',
    via: 'token',
    expiresAt: now + 55,
    claims: { role: 'anon', o: { id: 'org_1' } },
  })
  expect(JSON.parse(identity.claimsJson)).toEqual(identity.claims)
  expect(Object.isFrozen(identity)).toBe(true)
})

it('the role refusal names the configuration line, and the grant a custom role needs', async () => {
  const token = await mint(kindNamed('Clerk session v2, RS256'), { role: 'editor' })
  await expect(world.verifier.verify(token)).rejects.toMatchObject({
    fix: 'If tokens of this issuer may take the role, set allowed_roles = ["authenticated", "anon", "editor"] under [auth.third_party.clerk] in supabase/config.toml and, provided that it has no login, superuser or bypassrls, run: grant "editor" to authenticator;',
  })
})

it.each(['service_role', 'postgres', 'authenticator', 'supabase_auth_admin', 'pg_monitor', 'tenon_clerk', 'none'])(
  'the refusal of %s suggests neither a configuration line nor a grant',
  async (role) => {
    for (const name of ['Clerk session v2, RS256', 'legacy session, HS256']) {
      if (role === 'service_role' && name.startsWith('legacy')) continue
      const refused = world.verifier.verify(await mint(kindNamed(name), { role }))
      await expect(refused).rejects.toMatchObject({
        code: 'token.role-not-allowed',
        fix: expect.stringMatching(/not for tokens|bypasses Row Level Security/) as string,
      })
      await expect(refused).rejects.not.toMatchObject({ fix: expect.stringMatching(/allowed_roles|grant/) as string })
    }
  },
)

it('a missing role that nothing may stand in for is refused as missing', async () => {
  const pair = await makePair('ES256', 'k')
  const verifier = createVerifier({
    own: createOwnKeys({ secret: null }),
    issuers: parseIssuers({
      mine: { issuer_url: 'https://mine', jwks: { keys: [pair.publicJwk] }, allowed_roles: ['authenticated'] },
    }),
    log: silentLog,
    now: () => now,
  })
  const token = await signRaw({ alg: 'ES256', kid: 'k' }, { iss: 'https://mine', exp: now + 60 }, pair.privateKey)
  await expect(verifier.verify(token)).rejects.toMatchObject({
    code: 'token.role-not-allowed',
    detail: { role: 'anon', roleIsDefault: true },
    fix: expect.stringMatching(
      /no role claim.*Customize session token.*default_role = "authenticated" under \[auth\.third_party\.mine\]/,
    ) as string,
  })
})

const withRules = async (rules: object, claims: object): Promise<string> => {
  const pair = await makePair('ES256', 'k')
  const verifier = createVerifier({
    own: createOwnKeys({ secret: null }),
    issuers: parseIssuers({ mine: { issuer_url: 'https://mine', jwks: { keys: [pair.publicJwk] }, ...rules } }),
    log: silentLog,
    now: () => now,
  })
  const payload = { iss: 'https://mine', exp: now + 60, role: 'authenticated', ...claims }
  return outcome(await signRaw({ alg: 'ES256', kid: 'k' }, payload, pair.privateKey), verifier)
}

const clockwork = (): { at: number } => ({ at: now })
const tokenFor = (claims: object): Promise<string> =>
  signRaw({ alg: 'HS256' }, { role: 'authenticated', ...claims }, new TextEncoder().encode(defaultJwtSecret))

describe('rules of one issuer', () => {
  it.each([
    ['a listed custom role', { allowed_roles: ['editor'] }, { role: 'editor' }, 'editor'],
    ['an unlisted anon', { allowed_roles: ['editor'] }, { role: undefined }, 'token.role-not-allowed'],
    ['a reserved role, listed or not', { allowed_roles: ['postgres'] }, { role: 'postgres' }, 'token.role-not-allowed'],
    ['service_role once listed', { allowed_roles: ['service_role'] }, { role: 'service_role' }, 'service_role'],
    ['the default role', { default_role: 'authenticated' }, { role: undefined }, 'authenticated'],
    ['the right audience', { audience: 'api' }, { aud: ['web', 'api'] }, 'authenticated'],
    ['the wrong audience', { audience: 'api' }, { aud: 'web' }, 'token.audience'],
    ['no audience', { audience: 'api' }, {}, 'token.audience'],
    ['an allowed party', { authorized_parties: ['http://app'] }, { azp: 'http://app' }, 'authenticated'],
    ['another party', { authorized_parties: ['http://app'] }, { azp: 'http://evil' }, 'token.authorized-party'],
    ['no party, as Clerk’s SDKs', { authorized_parties: ['http://app'] }, {}, 'authenticated'],
    ['keys without an issuer', { issuer_url: undefined }, { iss: 'https://whoever' }, 'authenticated'],
  ])('%s', async (_, rules, claims, expected) => {
    expect(await withRules(rules, claims)).toBe(expected)
  })
})

it('without any key every token is refused, saying so', async () => {
  const verifier = createVerifier({ own: createOwnKeys({ secret: null }), issuers: [], log: silentLog, now: () => now })
  expect(await outcome(await mint(kindNamed('Clerk session v1, RS256')), verifier)).toBe('token.no-keys-configured')
  expect(await outcome(await mint(kindNamed('legacy session, HS256')), verifier)).toBe('token.no-keys-configured')
})

describe('the cache', () => {
  it('gives the same frozen identity again, until the token expires', async () => {
    const clock = clockwork()
    const verifier = createVerifier({
      own: createOwnKeys({ secret: defaultJwtSecret }),
      issuers: [],
      log: silentLog,
      now: () => clock.at,
    })
    const token = await tokenFor({ exp: now + 60 })
    const first = await verifier.verify(token)
    expect(await verifier.verify(token)).toBe(first)
    clock.at = now + 89
    expect(await verifier.verify(token)).toBe(first)
    clock.at = now + 91
    expect(await outcome(token, verifier)).toBe('token.expired')
    expect(verifier.stats()).toMatchObject({ cache: { hits: 2, misses: 2, size: 0 }, refusals: { 'token.expired': 1 } })
  })

  it('looks at nbf again when the clock goes back', async () => {
    const clock = clockwork()
    const verifier = createVerifier({
      own: createOwnKeys({ secret: defaultJwtSecret }),
      issuers: [],
      log: silentLog,
      now: () => clock.at,
    })
    const token = await tokenFor({ nbf: now, exp: now + 60 })
    await verifier.verify(token)
    clock.at = now - 31
    expect(await outcome(token, verifier)).toBe('token.not-yet-valid')
  })

  it('forgets everything when a key is revoked', async () => {
    const pairs = await Promise.all([makePair('ES256', 'old'), makePair('ES256', 'new')])
    const own = createOwnKeys({
      secret: null,
      signingKeys: pairs.map(({ privateJwk }, index) => ({
        keyId: privateJwk.kid ?? '',
        algorithm: 'ES256',
        privateJwk,
        state: index === 0 ? 'in_use' : 'standby',
      })),
    })
    const verifier = createVerifier({ own, issuers: [], log: silentLog, now: () => now })
    const token = await own.sign({ role: 'authenticated', exp: now + 60 })
    expect(await outcome(token, verifier)).toBe('authenticated')
    expect(() => own.revoke('old')).toThrow(RangeError)
    own.rotateTo('new')
    expect(await outcome(token, verifier)).toBe('authenticated')
    own.revoke('old')
    expect(await outcome(token, verifier)).toBe('token.key-revoked')
    expect(await outcome(await own.sign({ role: 'authenticated' }), verifier)).toBe('authenticated')
    expect(own.publicJwks().keys.map(({ kid }) => kid)).toEqual(['new'])
  })

  it('stays within its bounds, keeping what is used', async () => {
    const verifier = createVerifier({
      own: createOwnKeys({ secret: defaultJwtSecret }),
      issuers: [],
      log: silentLog,
      now: () => now,
      cacheCapacity: 2,
    })
    const [used, idle, next] = await Promise.all([
      tokenFor({ sub: 'a' }),
      tokenFor({ sub: 'b' }),
      tokenFor({ sub: 'c' }),
    ])
    await verifier.verify(used)
    await verifier.verify(idle)
    await verifier.verify(used)
    await verifier.verify(next)
    await verifier.verify(used)
    expect(verifier.stats().cache).toEqual({ size: 2, hits: 2, misses: 3, evictions: 1 })
  })

  it('forgets an issuer that is trusted no more', async () => {
    const { verifier, kinds } = await createWorld()
    const token = await mint(kinds[0] as TokenKind)
    expect(await outcome(token, verifier)).toBe('authenticated')
    verifier.replaceIssuers([])
    expect(await outcome(token, verifier)).toBe('token.issuer-unknown')
  })
})

it('the legacy keys are known as API keys, and die with the secret', async () => {
  const legacy = mintLegacyKeys(defaultJwtSecret)
  const pair = await makePair('ES256', 'own')
  const own = createOwnKeys({
    secret: defaultJwtSecret,
    signingKeys: [{ keyId: 'own', algorithm: 'ES256', privateJwk: pair.privateJwk, state: 'in_use' }],
  })
  const verifier = createVerifier({
    own,
    issuers: [],
    log: silentLog,
    now: () => now,
    isApiKey: (token) => token === legacy.anon,
  })
  expect(await verifier.verify(legacy.anon)).toMatchObject({ role: 'anon', via: 'api-key', issuer: null })
  expect(await verifier.verify(legacy.serviceRole)).toMatchObject({ role: 'service_role', via: 'token' })
  own.revoke('legacy-secret')
  expect(await outcome(legacy.anon, verifier)).toBe('token.key-revoked')
})

it('a key that cannot be imported verifies nothing and does not stand in the way of one that can', async () => {
  const pair = await makePair('ES256', 'k')
  const broken = { ...pair.publicJwk, x: pair.publicJwk.y ?? '', y: pair.publicJwk.x ?? '' }
  const verifier = createVerifier({
    own: createOwnKeys({ secret: null }),
    issuers: parseIssuers({ mine: { issuer_url: 'https://mine', jwks: { keys: [broken, pair.publicJwk] } } }),
    log: silentLog,
    now: () => now,
  })
  await expect(importJWK(broken, 'ES256')).rejects.toThrow(/./)
  const token = await signRaw({ alg: 'ES256', kid: 'k' }, { iss: 'https://mine', exp: now + 9 }, pair.privateKey)
  expect(await outcome(token, verifier)).toBe('anon')
})
