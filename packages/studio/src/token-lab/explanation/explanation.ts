// What `POST /platform/v1/tokens/explain` answers, and each of its checks in a sentence.

import { request } from '../../api/request.ts'
import type { ViewAs } from '../../view-as/view-as.ts'

export interface ExplainedCheck {
  readonly check: string
  readonly outcome: 'passed' | 'failed' | 'skipped'
  readonly saw: string | null
  readonly expected: string | null
}

export interface Explanation {
  readonly kind: 'token' | 'publishable-key' | 'secret-key' | 'unknown-key'
  readonly accepted: boolean
  readonly header: Readonly<Record<string, unknown>> | null
  /** Not necessarily true: only where the token is accepted. */
  readonly claims: Readonly<Record<string, unknown>> | null
  readonly issuer: string | null
  readonly checks: readonly ExplainedCheck[]
  readonly postgres: {
    readonly role: string
    readonly settings: readonly { readonly name: string; readonly value: string }[]
  } | null
  readonly problem: { readonly code: string; readonly message: string; readonly fix: string | null } | null
  readonly hints: readonly string[]
}

/** Asks what each check says of a token. It travels in the body and is kept nowhere. */
export async function explain(token: string): Promise<Explanation> {
  return await request<Explanation>('POST', '/platform/v1/tokens/explain', { token })
}

const sentences: Readonly<Record<string, readonly [yes: string, no: string]>> = {
  size: ['It is short enough to be read.', 'It is too long to be read.'],
  shape: ['It has the three parts of a signed token.', 'It has not the three parts of a signed token.'],
  header: ['Its header can be read.', 'Its header cannot be read.'],
  algorithm: ['It is signed in a way that is accepted.', 'It is signed in a way that is not accepted.'],
  'critical-header': ['It demands nothing that is unknown here.', 'It demands an extension that is unknown here.'],
  encoding: ['Its payload and signature can be read.', 'Its payload or signature cannot be read.'],
  issuer: ['Whoever issued it is trusted here.', 'Whoever issued it is not trusted here.'],
  key: ['The key it names is known.', 'The key it names is not known.'],
  signature: ['That key signed it, and nothing was changed since.', 'That key did not sign it as it is now.'],
  claims: ['What it says can be read.', 'What it says cannot be read.'],
  'claim-types': ['Its times and its audience are of the right kind.', 'A time or its audience is of the wrong kind.'],
  expiry: ['It has not expired.', 'It has expired, or never would.'],
  'not-before': ['It is valid already.', 'It is not valid yet.'],
  'issued-at': ['It was issued in the past.', 'It was issued in the future.'],
  audience: ['It is meant for this project.', 'It is meant for somebody else.'],
  'authorized-party': [
    'It comes from an application that is allowed.',
    'It comes from an application that is not allowed.',
  ],
  role: ['It may take its role.', 'It may not take its role.'],
  'database-role': ['Postgres lets requests become that role.', 'Postgres does not let requests become that role.'],
  'api-key': ['It is a key of this project.', 'It is no key of this project.'],
}

/** What a check found, in plain words. */
export function sentenceOf({ check, outcome }: ExplainedCheck): string {
  const [yes, no] = sentences[check] ?? [check, check]
  if (outcome === 'skipped') return `${yes.replace(/\.$/, '')}: not asked.`
  return outcome === 'passed' ? yes : no
}

/** The settings as the SQL that a request runs before its statement; null where the token is refused. */
export function settingsSql({ postgres }: Explanation): string | null {
  if (postgres === null) return null
  const lines = postgres.settings
    .filter(({ name }) => name !== 'role')
    .map(({ name, value }) => `select set_config('${name}', '${value.replaceAll("'", "''")}', true);`)
  return ['begin;', ...lines, `set local role "${postgres.role.replaceAll('"', '""')}";`].join('\n')
}

/** Whom the token makes of its bearer; null where it is refused. */
export function identityOf({ postgres, claims }: Explanation): ViewAs | null {
  if (postgres === null) return null
  const { sub } = claims ?? {}
  const label = typeof sub === 'string' ? sub : postgres.role
  return { role: postgres.role, claims, label }
}

/** Seconds until the token expires, below 0 since then; null where it never does. */
export function secondsLeft({ claims }: Explanation, nowMilliseconds: number): number | null {
  const exp = claims?.['exp']
  return typeof exp === 'number' ? Math.round(exp - nowMilliseconds / 1000) : null
}
