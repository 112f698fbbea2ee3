// Says in order what was checked in a token, what Postgres would see, and the first thing that is wrong. The
// checks are those that verify, and at their end Postgres is asked what it would say to the role.

import { Refusal, type AnyRefusal } from '../../refusal/refusal.ts'
import type { KeyRing } from '../api-keys/key-ring.ts'
import { looksOpaque } from '../api-keys/opaque-keys.ts'
import { bearerOf } from '../create-identify.ts'
import { issuerLabel } from '../issuers/issuer.ts'
import { examineThoroughly } from '../verify/examine.ts'
import { isObject, type Examination, type ExaminationDeps } from '../verify/examination.ts'
import { judgeRole, roleNotAsked, type RoleFinder, type RoleVerdict } from './database-role.ts'
import type { ExplainedCheck, Explanation, Problem, SeenByPostgres } from './explanation.ts'
import { hintsFor } from './hints.ts'
import { sentenceOf } from './sentences.ts'

export interface ExplainDeps {
  readonly examination: ExaminationDeps
  readonly keyRing: KeyRing
  readonly roles: RoleFinder
}

/** Explains a token or an API key; `Bearer ` before it does no harm. Refuses nothing: a bad token is explained too. */
export async function explainToken(text: string, deps: ExplainDeps): Promise<Explanation> {
  const token = (bearerOf(text.trim()) ?? text).trim()
  if (looksOpaque(token)) return explainKey(token, deps)
  const checks: ExplainedCheck[] = []
  const refusals: AnyRefusal[] = []
  const seen = await examineThoroughly(token, deps.examination, (check, result, soFar) => {
    const skipped = result.outcome === 'skipped'
    checks.push({
      check: check.name,
      outcome: result.outcome,
      saw: skipped ? null : check.saw(soFar, deps.examination),
      expected: skipped ? null : check.expected(soFar, deps.examination),
    })
    if (result.outcome === 'failed') refusals.push(result.refusal)
  })
  const refusal = refusals[0] ?? null
  return conclude(seen, checks, refusal, refusal === null ? await judgeRole(seen.role, deps.roles) : roleNotAsked)
}

/** `POST /platform/v1/tokens/explain`: body `{"token": text}`. Refuses with `request.body-invalid`. */
export async function explainTokenRoute(body: unknown, deps: ExplainDeps): Promise<Explanation> {
  const token = isObject(body) ? body['token'] : undefined
  if (typeof token === 'string') return explainToken(token, deps)
  throw new Refusal('request.body-invalid', { reason: 'The body must be a JSON object with a string "token".' })
}

function conclude(
  seen: Examination,
  checks: readonly ExplainedCheck[],
  refusal: AnyRefusal | null,
  inDatabase: RoleVerdict,
): Explanation {
  const claims = isObject(seen.payload) ? seen.payload : null
  const problem = refusal === null ? inDatabase.problem : problemOf(refusal)
  return {
    kind: 'token',
    accepted: problem === null,
    header: Object.keys(seen.header).length === 0 ? null : seen.header,
    claims,
    issuer: seen.trust.kind === 'issuer' ? issuerLabel(seen.trust.issuer) : null,
    checks: [...checks, inDatabase.check],
    postgres: problem === null ? seenByPostgres(seen.role, seen.claims) : null,
    problem,
    hints: claims === null ? [] : hintsFor(seen, claims, refusal),
  }
}

function problemOf(refusal: AnyRefusal): Problem {
  return { code: refusal.code, message: sentenceOf(refusal), fix: refusal.fix ?? null }
}

/** REST sets the first two; Storage and Realtime add the older per-claim settings. */
function seenByPostgres(role: string, claims: Readonly<Record<string, unknown>>): SeenByPostgres {
  const settings = [
    { name: 'role', value: role },
    { name: 'request.jwt.claims', value: JSON.stringify({ ...claims, role }) },
    { name: 'request.jwt.claim.role', value: role },
  ]
  const subject = claims['sub']
  return {
    role,
    settings: typeof subject === 'string' ? [...settings, { name: 'request.jwt.claim.sub', value: subject }] : settings,
  }
}

async function explainKey(key: string, { keyRing, examination, roles }: ExplainDeps): Promise<Explanation> {
  const kind = keyRing.recognise(key)
  const role =
    kind === 'secret' ? 'service_role' : kind === 'publishable' ? (examination.anonymousRole ?? 'anon') : null
  const inDatabase = role === null ? roleNotAsked : await judgeRole(role, roles)
  const problem = role === null ? unknownKey : inDatabase.problem
  const known: ExplainedCheck = {
    check: 'api-key',
    outcome: role === null ? 'failed' : 'passed',
    saw: `an opaque API key (${key.startsWith('sb_secret_') ? 'secret' : 'publishable'})`,
    expected: 'a key of this project',
  }
  return {
    kind: kind === 'secret' ? 'secret-key' : kind === 'publishable' ? 'publishable-key' : 'unknown-key',
    accepted: problem === null,
    header: null,
    claims: null,
    issuer: null,
    checks: [known, inDatabase.check],
    postgres: role === null || problem !== null ? null : seenByPostgres(role, {}),
    problem,
    hints: ['An opaque key is no user token: it opens the door as anon or service_role, whoever holds it.'],
  }
}

const unknownKey: Problem = {
  code: 'token.api-key-unknown',
  message: 'This is no API key of this project.',
  fix: '`tenon status` prints those that are.',
}
