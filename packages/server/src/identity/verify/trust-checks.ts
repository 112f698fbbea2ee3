// The checks that decide whether to believe a token: whose keys it is to be tried against, which of them, and
// whether one of them signed it. Keys are chosen by the unverified `iss` and then bind it: a key never speaks
// for an issuer other than its own.

import { compactVerify } from 'jose'
import { Refusal } from '../../refusal/refusal.ts'
import { issuerLabel } from '../issuers/issuer.ts'
import type { TrustedIssuer } from '../keys/issuer-registry.ts'
import { legacySecretKeyId } from '../keys/own-keys.ts'
import { isHmac, type VerificationKey } from '../keys/verification-key.ts'
import {
  claimedIssuer,
  originOf,
  type Check,
  type Examination,
  type ExaminationDeps,
  type Trust,
} from './examination.ts'

/** The most keys one token without key id is tried against. */
const maximumCandidates = 10

export const trustChecks: readonly Check[] = [
  {
    name: 'issuer',
    needs: ['algorithm', 'encoding'],
    run: async (seen, deps) => ({ trust: await bind(seen, deps) }),
    saw: (seen) => claimedIssuer(seen) ?? 'no iss',
    expected: (seen, deps) =>
      isHmac(seen.algorithm)
        ? 'any: this algorithm is verified with the project secret'
        : ['the project itself', ...knownIssuers(deps)].join(', '),
  },
  {
    name: 'key',
    needs: ['issuer'],
    run: async (seen, deps) => ({ candidates: await chooseKeys(seen, deps) }),
    saw: ({ keyId, algorithm }) => `${keyId === null ? 'no kid' : `kid ${keyId}`}, ${algorithm}`,
    expected: ({ trust, algorithm }, deps) => describeKeys(trust, algorithm, deps),
  },
  {
    name: 'signature',
    needs: ['key'],
    async run(seen, deps) {
      for (const key of seen.candidates) if (await signed(seen, key)) return {}
      throw badSignature(seen, deps)
    },
    saw: ({ parts }) => `${parts[2]?.length ?? 0} characters of signature`,
    expected: ({ trust }) =>
      `made by ${trust.kind === 'own' ? "one of the project's own keys" : `a key of ${issuerLabel(trust.issuer)}`}`,
  },
]

/**
 * HMAC always means the project's own secret, whatever `iss` says: that keeps Clerk's JWT-template tokens working
 * (their `iss` is Clerk's, their signature ours) and makes public keys useless as secrets.
 */
async function bind(seen: Examination, deps: ExaminationDeps): Promise<Trust> {
  const own: Trust = { kind: 'own' }
  if (isHmac(seen.algorithm)) return own
  const issuer = claimedIssuer(seen)
  const named = issuer === null ? undefined : deps.registry.named(issuer)
  if (named !== undefined) return named
  if (ownMayHaveSigned(seen, deps)) return own
  const nameless = await findNameless(seen, deps)
  if (nameless !== null) return nameless
  throw unknownIssuer(seen, deps)
}

function ownMayHaveSigned({ keyId, algorithm }: Examination, { own }: ExaminationDeps): boolean {
  if (keyId !== null) return own.stateOf(keyId) !== null
  return own.candidates(algorithm, null).some((key) => key.algorithms.includes(algorithm))
}

async function findNameless({ keyId, algorithm }: Examination, deps: ExaminationDeps): Promise<TrustedIssuer | null> {
  for (const nameless of deps.registry.nameless()) {
    const keys = await nameless.keys.demand(keyId)
    if (keys.some((key) => (keyId === null || key.keyId === keyId) && key.algorithms.includes(algorithm)))
      return nameless
  }
  return null
}

function unknownIssuer(seen: Examination, deps: ExaminationDeps): Refusal {
  const origin = originOf(seen)
  const known = knownIssuers(deps)
  const holder = origin.keyId === null ? undefined : deps.registry.holderOf(origin.keyId)
  if (holder !== undefined) return mismatch(seen, issuerLabel(holder.issuer))
  if (known.length === 0 && deps.own.list().length === 0) return new Refusal('token.no-keys-configured', {})
  const fix =
    origin.issuer === null
      ? 'The token has no iss claim and names none of the project’s own keys.'
      : `If tokens of ${origin.issuer} are to be trusted, register it under [auth.third_party.<name>] in supabase/config.toml.`
  return new Refusal('token.issuer-unknown', { ...origin, known }, { fix })
}

function knownIssuers({ registry }: ExaminationDeps): readonly string[] {
  return registry.all().map(({ issuer }) => issuerLabel(issuer))
}

function mismatch(seen: Examination, expected: string): Refusal {
  const fix = `The key named by kid belongs to ${expected}; a token must name the issuer whose key signs it.`
  return new Refusal('token.issuer-mismatch', { ...originOf(seen), expected }, { fix })
}

async function chooseKeys(seen: Examination, deps: ExaminationDeps): Promise<readonly VerificationKey[]> {
  const { algorithm, keyId, trust } = seen
  const keys = trust.kind === 'own' ? ownKeys(seen, deps) : await trust.keys.demand(keyId)
  const named = keyId === null || isHmac(algorithm) ? keys : keys.filter((key) => key.keyId === keyId)
  if (named.length === 0) throw unknownKey(seen, keys, deps)
  const suitable = named.filter((key) => key.algorithms.includes(algorithm))
  if (suitable.length > 0) return suitable.slice(0, maximumCandidates)
  throw wrongAlgorithm(
    seen,
    named.flatMap((key) => key.algorithms),
  )
}

function ownKeys(seen: Examination, { own, registry }: ExaminationDeps): readonly VerificationKey[] {
  const { algorithm, keyId } = seen
  const keys = own.candidates(algorithm, keyId)
  if (keys.length > 0) return keys
  const state = own.stateOf(isHmac(algorithm) ? legacySecretKeyId : (keyId ?? ''))
  if (state === 'revoked') {
    const fix = 'Sign in again to get a token of the key in use, or return the key to standby.'
    throw new Refusal('token.key-revoked', originOf(seen), { fix })
  }
  if (own.list().length === 0 && registry.all().length === 0) throw new Refusal('token.no-keys-configured', {})
  if (isHmac(algorithm))
    throw wrongAlgorithm(
      seen,
      own.list().map((key) => key.algorithm),
    )
  return keys
}

function wrongAlgorithm(seen: Examination, allowed: readonly string[]): Refusal {
  const detail = { ...originOf(seen), algorithm: seen.algorithm, allowed: [...new Set(allowed)] }
  const fix = isHmac(seen.algorithm)
    ? 'An HS256 token must be signed with this project’s JWT secret; in a Clerk JWT template, set it as the signing key.'
    : 'The algorithm in the header must be one the named key is for.'
  return new Refusal('token.algorithm-mismatch', detail, { fix })
}

function unknownKey(seen: Examination, keys: readonly VerificationKey[], deps: ExaminationDeps): Refusal {
  const { keyId, trust } = seen
  if (keyId !== null && trust.kind === 'issuer') {
    const holder = deps.registry.holderOf(keyId)
    if (holder !== undefined && holder.issuer !== trust.issuer) return mismatch(seen, issuerLabel(holder.issuer))
    if (deps.own.stateOf(keyId) !== null) return mismatch(seen, 'this project')
  }
  const knownKeyIds = keys.map((key) => key.keyId).filter((known) => known !== null)
  const fix =
    'The token was signed with a key its issuer does not publish (any more): get a fresh token, or check that it comes from this instance.'
  return new Refusal('token.key-unknown', { ...originOf(seen), knownKeyIds }, { fix })
}

/** A key that cannot be imported or does not fit verifies nothing, which is all that is asked here. */
async function signed({ token, algorithm }: Examination, key: VerificationKey): Promise<boolean> {
  try {
    await compactVerify(token, await key.importFor(algorithm), { algorithms: [algorithm] })
    return true
  } catch {
    return false
  }
}

function badSignature(seen: Examination, deps: ExaminationDeps): Refusal {
  const { algorithm, keyId } = seen
  const asymmetric = isHmac(algorithm) && keyId !== null ? algorithmsOfKey(keyId, deps) : []
  if (asymmetric.length > 0) return wrongAlgorithm(seen, asymmetric)
  const fix = isHmac(algorithm)
    ? 'The token is signed with another secret than this project’s JWT secret; a Clerk JWT template must have it as its signing key.'
    : 'The token was changed after it was signed, or another key signed it.'
  return new Refusal('token.signature-invalid', originOf(seen), { fix })
}

/** What the key of this id is for, whoever holds it. */
function algorithmsOfKey(keyId: string, { own, registry }: ExaminationDeps): readonly string[] {
  const known =
    registry
      .holderOf(keyId)
      ?.keys.known()
      .filter((key) => key.keyId === keyId) ?? []
  const ours = own.list().filter((key) => key.keyId === keyId)
  return [...known.flatMap((key) => key.algorithms), ...ours.map((key) => key.algorithm)]
}

function describeKeys(trust: Trust, algorithm: string, { own }: ExaminationDeps): string {
  if (trust.kind === 'own') {
    if (isHmac(algorithm)) return 'the project secret'
    return (
      own
        .list()
        .map((key) => `${key.keyId} (${key.algorithm}, ${key.state})`)
        .join(', ') || 'a key of the project (it has none)'
    )
  }
  const known = trust.keys.known().map((key) => `${key.keyId ?? 'without kid'} (${key.algorithms.join('/')})`)
  return known.join(', ') || 'a key of the issuer (none known yet)'
}
