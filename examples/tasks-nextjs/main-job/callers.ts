// Everybody who knocks in the main job: two people, nobody, and three tokens that must not pass.

import { createHmac, generateKeyPairSync, sign } from 'node:crypto'

import type { Cast } from './people.ts'

export interface Caller {
  readonly who: string
  /** Null for no token at all. */
  readonly token: () => Promise<string | null>
  readonly userId: string | null
  readonly expectation: Expectation
}

export type Expectation = 'own rows, adds to the organisation' | 'own rows, may not add' | 'no rows' | '401'

/** The callers, in the order of the table. `jwtSecret` signs the token that has expired. */
export function callersOf(cast: Cast, jwtSecret: string): readonly Caller[] {
  const { alice, bob, organization } = cast
  return [
    {
      who: `Alice, admin of ${organization}`,
      token: alice.token,
      userId: alice.userId,
      expectation: 'own rows, adds to the organisation',
    },
    {
      who: `Bob, member of ${organization}`,
      token: bob.token,
      userId: bob.userId,
      expectation: 'own rows, may not add',
    },
    { who: 'anonymous', token: async () => null, userId: null, expectation: 'no rows' },
    {
      who: 'forged token',
      token: async () => forge(await alice.token(), bob.userId),
      userId: null,
      expectation: '401',
    },
    { who: 'expired token', token: async () => expired(alice.userId, jwtSecret), userId: null, expectation: '401' },
    { who: 'foreign token', token: async () => foreign(alice.userId), userId: null, expectation: '401' },
  ]
}

/** Somebody's real token with another person's `sub` under the old signature. */
function forge(token: string, sub: string): string {
  const [header, payload, signature] = token.split('.')
  const claims = JSON.parse(Buffer.from(payload ?? '', 'base64url').toString()) as object
  return `${header}.${encode({ ...claims, sub })}.${signature}`
}

/** Signed rightly with the project's secret, an hour too old. */
function expired(sub: string, secret: string): string {
  const body = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode({ sub, role: 'authenticated', exp: nowInSeconds() - 3600 })}`
  return `${body}.${createHmac('sha256', secret).update(body).digest('base64url')}`
}

/** Signed rightly by an instance nobody here trusts. */
function foreign(sub: string): string {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const now = nowInSeconds()
  const claims = {
    iss: 'https://somebody-else.clerk.accounts.dev',
    sub,
    role: 'authenticated',
    iat: now,
    exp: now + 60,
  }
  const body = `${encode({ alg: 'RS256', typ: 'JWT', kid: 'ins_foreign' })}.${encode(claims)}`
  return `${body}.${sign('sha256', Buffer.from(body), privateKey).toString('base64url')}`
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}

function nowInSeconds(): number {
  return Math.floor(Date.now() / 1000)
}
