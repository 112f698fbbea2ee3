// A verifier with fixed time and known keys, and tokens of every kind it accepts: what the tests of this folder share.

import { CompactSign, exportJWK, generateKeyPair, importJWK, type CryptoKey, type JWK } from 'jose'
import { defaultJwtSecret } from '../api-keys/legacy-keys.ts'
import type { IdentityLog } from '../identity-log.ts'
import { parseIssuers } from '../issuers/parse-issuers.ts'
import type { Fetch } from '../keys/fetch-json.ts'
import { createOwnKeys, type OwnKeys } from '../keys/own-keys.ts'
import { createVerifier, type Verifier } from './verifier.ts'

export const now = 1_800_000_000
export const clerkIssuer = 'https://fit-cat-1.clerk.accounts.dev'
export const keycloakIssuer = 'https://id.example.com/realms/main'

export const silentLog: IdentityLog = { info: () => undefined, warn: () => undefined }

/** A key pair with its public JWK. */
export interface Pair {
  readonly privateKey: CryptoKey
  readonly privateJwk: JWK
  readonly publicJwk: JWK
}

export async function makePair(algorithm: string, kid: string): Promise<Pair> {
  const pair = await generateKeyPair(algorithm, { extractable: true })
  const publicJwk = { ...(await exportJWK(pair.publicKey)), kid, alg: algorithm, use: 'sig' }
  return {
    privateKey: pair.privateKey,
    privateJwk: { ...(await exportJWK(pair.privateKey)), kid, alg: algorithm },
    publicJwk,
  }
}

/** Signs exactly this header and payload, well-formed or not. */
export function signRaw(
  header: Record<string, unknown>,
  payload: unknown,
  key: CryptoKey | Uint8Array,
): Promise<string> {
  const crit = Object.fromEntries(((header['crit'] as string[] | undefined) ?? []).map((name) => [name, true]))
  return new CompactSign(new TextEncoder().encode(JSON.stringify(payload)))
    .setProtectedHeader(header as { alg: string })
    .sign(key, { crit })
}

/** One kind of token the verifier accepts; `mint` changes its claims and header, undefined removing one. */
export interface TokenKind {
  readonly name: string
  readonly signer: 'third-party' | 'own-key' | 'own-secret'
  readonly header: Readonly<Record<string, unknown>>
  readonly claims: Readonly<Record<string, unknown>>
  readonly key: CryptoKey | Uint8Array
  readonly publicJwk: JWK | null
}

export function mint(
  kind: TokenKind,
  claims: Record<string, unknown> = {},
  header: Record<string, unknown> = {},
): Promise<string> {
  return signRaw({ ...kind.header, ...header }, { ...kind.claims, ...claims }, kind.key)
}

export interface World {
  readonly verifier: Verifier
  readonly own: OwnKeys
  readonly kinds: readonly TokenKind[]
}

const lifetime = { iat: now - 5, exp: now + 55 }
const sessionClaims = {
  ...lifetime,
  nbf: now - 15,
  iss: clerkIssuer,
  sub: 'user_2x',
  sid: 'sess_1',
  azp: 'http://localhost:3000',
  fva: [0, -1],
  role: 'authenticated',
}

/** Answers a key set or a document for each URL; anything else is 404. */
export function fetchFrom(documents: Readonly<Record<string, unknown>>): Fetch {
  return (url) =>
    Promise.resolve(url in documents ? Response.json(documents[url]) : new Response('not found', { status: 404 }))
}

function thirdParty(name: string, pair: Pair, claims: object): TokenKind {
  const { alg, kid } = pair.publicJwk
  const header = { alg, kid, typ: 'JWT' }
  const { privateKey: key, publicJwk } = pair
  return { name, signer: 'third-party', header, claims: { ...claims }, key, publicJwk }
}

const keycloak = { ...lifetime, iss: keycloakIssuer, sub: 'u-1', role: 'authenticated' }
const symmetric = { signer: 'own-secret', key: new TextEncoder().encode(defaultJwtSecret), publicJwk: null } as const

const symmetricKinds: readonly TokenKind[] = [
  {
    ...symmetric,
    name: 'Clerk JWT template, HS256',
    header: { alg: 'HS256', kid: 'ins_1', typ: 'JWT', cat: 'cl_B7d4PD222AAA' },
    claims: { ...lifetime, iss: clerkIssuer, sub: 'user_2x', aud: 'authenticated', role: 'authenticated' },
  },
  {
    ...symmetric,
    name: 'legacy session, HS256',
    header: { alg: 'HS256', typ: 'JWT' },
    claims: { ...lifetime, iss: 'supabase-demo', sub: 'b2c7', role: 'authenticated' },
  },
  {
    ...symmetric,
    name: 'own token, HS512',
    header: { alg: 'HS512', typ: 'JWT' },
    claims: { ...lifetime, sub: 'b2c7', role: 'authenticated' },
  },
]

/** A Clerk instance, an issuer with EdDSA, PS256 and ES384 keys, the project's secret and its ES256 key. */
export async function createWorld(): Promise<World> {
  const [clerk, eddsa, ps, es384, own] = await Promise.all([
    makePair('RS256', 'ins_1'),
    makePair('EdDSA', 'ed-1'),
    makePair('PS256', 'ps-1'),
    makePair('ES384', 'es384-1'),
    makePair('ES256', 'own-1'),
  ])
  const ownKeys = createOwnKeys({
    secret: defaultJwtSecret,
    signingKeys: [{ keyId: 'own-1', algorithm: 'ES256', privateJwk: own.privateJwk, state: 'in_use' }],
  })
  const verifier = createVerifier({
    own: ownKeys,
    issuers: parseIssuers({
      clerk: { enabled: true, domain: 'fit-cat-1.clerk.accounts.dev' },
      keycloak: { issuer_url: keycloakIssuer, jwks_url: 'https://id.example.com/jwks' },
    }),
    log: silentLog,
    now: () => now,
    fetch: fetchFrom({
      [`${clerkIssuer}/.well-known/jwks.json`]: { keys: [clerk.publicJwk] },
      'https://id.example.com/jwks': { keys: [eddsa.publicJwk, ps.publicJwk, es384.publicJwk] },
    }),
  })
  return {
    verifier,
    own: ownKeys,
    kinds: [
      thirdParty('Clerk session v1, RS256', clerk, { ...sessionClaims, org_id: 'org_1', org_role: 'org:admin' }),
      thirdParty('Clerk session v2, RS256', clerk, {
        ...sessionClaims,
        v: 2,
        o: { id: 'org_1', rol: 'admin', slg: 'acme' },
      }),
      thirdParty('third party, EdDSA', eddsa, keycloak),
      thirdParty('third party, PS256', ps, keycloak),
      thirdParty('third party, ES384', es384, keycloak),
      {
        name: 'own session, ES256',
        signer: 'own-key',
        header: { alg: 'ES256', kid: 'own-1', typ: 'JWT' },
        claims: { ...lifetime, iss: 'http://127.0.0.1:54321/auth/v1', sub: 'b2c7', role: 'authenticated' },
        key: await importJWK(own.privateJwk, 'ES256'),
        publicJwk: own.publicJwk,
      },
      ...symmetricKinds,
    ],
  }
}
