import { expect, it } from 'vitest'
import { createKeyRing } from '../api-keys/key-ring.ts'
import { defaultOpaqueKeys, storeOpaqueKey } from '../api-keys/opaque-keys.ts'
import { createWorld, mint, now, signRaw, type TokenKind } from '../verify/verifier-fixture.ts'
import type { DatabaseRole } from './database-role.ts'
import { explainToken, explainTokenRoute, type ExplainDeps } from './explain-token.ts'

const world = await createWorld()
const keyRing = createKeyRing({ opaque: [storeOpaqueKey('secret', 'default', defaultOpaqueKeys.secret)], legacy: null })
const withRole = (found: DatabaseRole): ExplainDeps => ({
  examination: world.verifier.deps,
  keyRing,
  roles: { loginRole: 'authenticator', find: () => Promise.resolve(found) },
})
const deps = withRole({ kind: 'role', settable: true, privileged: false })
const kind = (name: string): TokenKind => {
  const found = world.kinds.find((candidate) => candidate.name === name)
  if (found === undefined) throw new Error(`no kind ${name}`)
  return found
}
const clerkV2 = kind('Clerk session v2, RS256')

it('a good token passes every check in order, and Postgres sees its role and claims', async () => {
  const explanation = await explainToken(`Bearer ${await mint(clerkV2)}`, deps)
  expect(explanation.checks.map(({ check, outcome }) => `${check} ${outcome}`)).toEqual([
    'size passed',
    'shape passed',
    'header passed',
    'algorithm passed',
    'critical-header passed',
    'encoding passed',
    'issuer passed',
    'key passed',
    'signature passed',
    'claims passed',
    'claim-types passed',
    'expiry passed',
    'not-before passed',
    'issued-at passed',
    'audience skipped',
    'authorized-party skipped',
    'role passed',
    'database-role passed',
  ])
  expect(explanation).toMatchObject({
    kind: 'token',
    accepted: true,
    problem: null,
    postgres: { role: 'authenticated' },
  })
  expect(explanation.postgres?.settings.map(({ name }) => name)).toEqual([
    'role',
    'request.jwt.claims',
    'request.jwt.claim.role',
    'request.jwt.claim.sub',
  ])
  expect(explanation.hints.join('\n')).toMatch(/auth\.uid\(\) casts sub to uuid[^]*version 2's form/)
})

it('the first problem is named with its fix, and what can still be checked is', async () => {
  const token = await mint(clerkV2, { exp: now - 100, role: 'editor' })
  const explanation = await explainToken(token, deps)
  expect(explanation.problem).toMatchObject({ code: 'token.expired', message: 'The token expired 100 seconds ago.' })
  expect(explanation.checks.filter(({ outcome }) => outcome === 'failed')).toMatchObject([
    { check: 'expiry', saw: `${now - 100} (2027-01-15T07:58:20.000Z)` },
    { check: 'role', saw: '"editor"', expected: 'authenticated, anon' },
  ])
  expect(explanation.postgres).toBeNull()
})

const own = kind('legacy session, HS256')

it.each<[string, string, DatabaseRole, object]>([
  [
    'a role that is missing',
    'editor',
    { kind: 'missing' },
    { code: 'postgres.22023', fix: 'Run: create role "editor" nologin; grant "editor" to "authenticator";' },
  ],
  [
    'a role that was not granted',
    'editor',
    { kind: 'role', settable: false, privileged: false },
    { code: 'postgres.42501', fix: 'Run: grant "editor" to "authenticator";' },
  ],
  [
    'a role that must not be granted',
    'boss',
    { kind: 'role', settable: false, privileged: true },
    { code: 'postgres.42501', fix: expect.stringMatching(/"boss" .*not for tokens; do not grant it/) as string },
  ],
])('%s fails the last check, as Postgres will', async (_what, role, found, problem) => {
  const explanation = await explainToken(await mint(own, { role }), withRole(found))
  expect(explanation).toMatchObject({ accepted: false, postgres: null, problem })
  expect(explanation.checks.at(-1)).toMatchObject({ check: 'database-role', outcome: 'failed' })
})

it('a refused token is not asked about in the database', async () => {
  const explanation = await explainToken(await mint(own, { exp: 1 }), withRole({ kind: 'missing' }))
  expect(explanation.problem?.code).toBe('token.expired')
  expect(explanation.checks.at(-1)).toMatchObject({ check: 'database-role', outcome: 'skipped' })
})

it('a key whose role the database lacks is not accepted either', async () => {
  const explanation = await explainToken(defaultOpaqueKeys.secret, withRole({ kind: 'missing' }))
  expect(explanation).toMatchObject({ kind: 'secret-key', accepted: false, problem: { code: 'postgres.22023' } })
})

it('a token of an unknown issuer says which are known; its claims are shown and its keys not looked for', async () => {
  const token = await mint(clerkV2, { iss: 'https://evil.example' }, { kid: 'x' })
  const explanation = await explainToken(token, deps)
  expect(explanation).toMatchObject({
    accepted: false,
    problem: { code: 'token.issuer-unknown' },
    claims: { iss: 'https://evil.example' },
  })
  expect(explanation.checks.find(({ check }) => check === 'signature')).toMatchObject({ outcome: 'skipped' })
})

it('a missing role and a foreign HMAC secret come with the hint that helps', async () => {
  const withoutRole = await explainToken(await mint(clerkV2, { role: undefined }), deps)
  expect(withoutRole.hints[0]).toMatch(/Sessions → Customize session token/)
  expect(withoutRole.postgres?.role).toBe('anon')
  const foreign = await signRaw(
    { alg: 'HS256' },
    clerkV2.claims,
    new TextEncoder().encode('another secret of 32 characters..'),
  )
  expect((await explainToken(foreign, deps)).hints.join()).toMatch(/unknown secret: an old Clerk JWT template\?/)
})

it('explaining and verifying agree on every kind of token and several ways to spoil it', async () => {
  const spoilers: Record<string, unknown>[] = [
    {},
    { exp: now - 99 },
    { exp: undefined },
    { role: 'service_role' },
    { nbf: 'x' },
  ]
  for (const candidate of world.kinds) {
    for (const spoiler of spoilers) {
      const token = await mint(candidate, spoiler)
      const refused = await world.verifier.verify(token).then(
        () => null,
        (thrown: { code: string }) => thrown.code,
      )
      expect((await explainToken(token, deps)).problem?.code ?? null).toBe(refused)
    }
  }
})

it.each([
  ['', 'token.empty'],
  ['garbage', 'token.malformed'],
  ['a.b.c.d.e', 'token.encrypted'],
  ['a.b.c', 'token.undecodable'],
  ['sb_secret_unknown', 'token.api-key-unknown'],
])('%j is explained too', async (text, code) => {
  expect(await explainToken(text, deps)).toMatchObject({ accepted: false, problem: { code } })
})

it('a known secret key is told from a token', async () => {
  expect(await explainToken(defaultOpaqueKeys.secret, deps)).toMatchObject({
    kind: 'secret-key',
    accepted: true,
    postgres: { role: 'service_role' },
  })
})

it('a body without a token is refused', async () => {
  for (const body of [null, [], {}, { token: 1 }]) {
    await expect(explainTokenRoute(body, deps)).rejects.toMatchObject({ code: 'request.body-invalid' })
  }
})
