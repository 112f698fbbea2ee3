// The checks on what a token says, once its signature is known to be good: times, audience, party and role.
// Times follow RFC 7519 §4.1 with 30 seconds of leeway, as PostgREST.

import { Refusal } from '../../refusal/refusal.ts'
import { issuerLabel } from '../issuers/issuer.ts'
import { isObject, type Check, type Examination, type ExaminationDeps } from './examination.ts'
import { roleNotAllowed } from './refuse-role.ts'
import { isReservedRole } from './reserved-roles.ts'

/** Seconds by which clocks may differ. */
export const leeway = 30

export const claimChecks: readonly Check[] = [
  {
    name: 'claims',
    needs: ['encoding'],
    run({ payload }) {
      if (!isObject(payload)) throw new Refusal('token.claims-malformed', {})
      return { claims: payload }
    },
    saw: ({ payload }) => (isObject(payload) ? `${Object.keys(payload).length} claims` : 'no JSON object'),
    expected: () => 'a JSON object',
  },
  {
    name: 'claim-types',
    needs: ['claims'],
    run({ claims }) {
      for (const claim of ['exp', 'nbf', 'iat']) {
        if (claims[claim] !== undefined && !Number.isFinite(claims[claim])) {
          throw new Refusal('token.claim-type', { claim, expected: 'a number' })
        }
      }
      if (audienceOf(claims) === null) {
        throw new Refusal('token.claim-type', { claim: 'aud', expected: 'a string or an array of strings' })
      }
      return {}
    },
    saw: ({ claims: { exp, nbf, iat, aud } }) => JSON.stringify({ exp, nbf, iat, aud }),
    expected: () => 'numbers in exp, nbf and iat; a string or an array of strings in aud',
  },
  {
    name: 'expiry',
    needs: ['issuer', 'claim-types'],
    run({ claims, now, trust }) {
      const { exp } = claims
      if (typeof exp === 'number' && now - leeway > exp) {
        throw new Refusal(
          'token.expired',
          { expiredAt: exp, now },
          { fix: 'Get a fresh token; Clerk’s live 60 seconds, so ask for one with each request.' },
        )
      }
      if (exp === undefined && trust.kind === 'issuer') {
        throw new Refusal(
          'token.expiry-missing',
          { issuer: issuerLabel(trust.issuer) },
          { fix: 'A third party’s token must have an exp claim.' },
        )
      }
      return {}
    },
    saw: ({ claims }) => describeTime(claims['exp'], 'no exp'),
    expected: ({ now, trust }) =>
      `${trust.kind === 'own' ? 'absent, or ' : ''}not before ${describeTime(now - leeway, '')}`,
  },
  {
    name: 'not-before',
    needs: ['claim-types'],
    run({ claims: { nbf }, now }) {
      if (typeof nbf === 'number' && now + leeway < nbf)
        throw new Refusal('token.not-yet-valid', { notBefore: nbf, now }, clockFix)
      return {}
    },
    saw: ({ claims }) => describeTime(claims['nbf'], 'no nbf'),
    expected: ({ now }) => `absent, or not after ${describeTime(now + leeway, '')}`,
  },
  {
    name: 'issued-at',
    needs: ['claim-types'],
    run({ claims: { iat }, now }) {
      if (typeof iat === 'number' && now + leeway < iat)
        throw new Refusal('token.issued-in-future', { issuedAt: iat, now }, clockFix)
      return {}
    },
    saw: ({ claims }) => describeTime(claims['iat'], 'no iat'),
    expected: ({ now }) => `absent, or not after ${describeTime(now + leeway, '')}`,
  },
  {
    name: 'audience',
    needs: ['issuer', 'claim-types'],
    applies: ({ trust }) => trust.kind === 'issuer' && trust.issuer.audience.length > 0,
    run({ claims, trust }) {
      const expected = trust.kind === 'issuer' ? trust.issuer.audience : []
      if (!audienceOf(claims)?.some((audience) => expected.includes(audience))) {
        throw new Refusal('token.audience', { audience: claims['aud'] ?? null, expected })
      }
      return {}
    },
    saw: ({ claims }) => JSON.stringify(claims['aud'] ?? null),
    expected: ({ trust }) => (trust.kind === 'issuer' ? trust.issuer.audience.join(', ') : 'any'),
  },
  {
    /** A token without `azp` passes, as in Clerk's own SDKs: only browsers' tokens carry it. */
    name: 'authorized-party',
    needs: ['issuer', 'claims'],
    applies: ({ trust, claims }) =>
      trust.kind === 'issuer' && trust.issuer.authorizedParties.length > 0 && claims['azp'] !== undefined,
    run({ claims, trust }) {
      const allowed = trust.kind === 'issuer' ? trust.issuer.authorizedParties : []
      const party = claims['azp']
      if (typeof party !== 'string' || !allowed.includes(party)) {
        throw new Refusal('token.authorized-party', { authorizedParty: party, allowed })
      }
      return {}
    },
    saw: ({ claims }) => JSON.stringify(claims['azp'] ?? null),
    expected: ({ trust }) => (trust.kind === 'issuer' ? trust.issuer.authorizedParties.join(', ') : 'any'),
  },
  {
    name: 'role',
    needs: ['issuer', 'claims'],
    run: resolveRole,
    saw: ({ claims }) => (claims['role'] === undefined ? 'no role claim' : JSON.stringify(claims['role'])),
    expected: ({ trust }) => (trust.kind === 'own' ? 'any role made for tokens' : trust.issuer.allowedRoles.join(', ')),
  },
]

const clockFix = { fix: 'Compare the clocks of this machine and of the issuer.' }

/** The audiences a token names; absence and null are none; null where the claim is of the wrong kind. */
function audienceOf({ aud }: Readonly<Record<string, unknown>>): readonly string[] | null {
  if (aud === undefined || aud === null) return []
  if (typeof aud === 'string') return [aud]
  return Array.isArray(aud) && aud.every((entry) => typeof entry === 'string') ? aud : null
}

function describeTime(seconds: unknown, absent: string): string {
  if (seconds === undefined) return absent
  if (typeof seconds !== 'number') return JSON.stringify(seconds)
  const milliseconds = seconds * 1000
  return Math.abs(milliseconds) <= 8.64e15
    ? `${Math.floor(seconds)} (${new Date(milliseconds).toISOString()})`
    : String(seconds)
}

/**
 * A missing role becomes the issuer's default, else the anonymous one. A third party gets a role of its allow-list
 * only; what the project signed itself may carry any, `service_role` included. Nobody gets a reserved one.
 */
function resolveRole({ claims, trust }: Examination, { anonymousRole }: ExaminationDeps): Partial<Examination> {
  const claimed = claims['role']
  const issuer = trust.kind === 'issuer' ? trust.issuer : null
  const roleIsDefault = claimed === undefined || claimed === null
  const role = roleIsDefault ? (issuer?.defaultRole ?? anonymousRole) : claimed
  if (role === null) throw new Refusal('token.anonymous-disabled', {}, { fix: 'The token has no role claim: add one.' })
  if (typeof role !== 'string' || role === '' || role.includes('\0')) {
    throw new Refusal('token.claim-type', { claim: 'role', expected: 'a non-empty string' })
  }
  // SET ROLE none is no role: it would leave the request running as the connection's own user.
  const isForTokens = role.toLowerCase() !== 'none' && !isReservedRole(role)
  if (!isForTokens || issuer?.allowedRoles.includes(role) === false) throw roleNotAllowed(role, roleIsDefault, issuer)
  return { role, roleIsDefault }
}
