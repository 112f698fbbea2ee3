// What is known about a token while it is being examined, and the shape of one check. The checks are the only
// verifier there is: verifying stops at the first that refuses, explaining goes on with those that still can.

import type { IssuerRegistry, TrustedIssuer } from '../keys/issuer-registry.ts'
import type { OwnKeys } from '../keys/own-keys.ts'
import type { VerificationKey } from '../keys/verification-key.ts'

/** Whose keys may verify the token: the project's own, or one issuer's. */
export type Trust = { readonly kind: 'own' } | TrustedIssuer

/** Grows with each check that passes. A field has a meaning only once the check that fills it has passed. */
export interface Examination {
  readonly token: string
  /** Unix seconds. */
  readonly now: number
  readonly parts: readonly string[]
  readonly header: Readonly<Record<string, unknown>>
  readonly algorithm: string
  readonly keyId: string | null
  /** The payload's JSON before the signature is known to be good; undefined where it is none. */
  readonly payload: unknown
  readonly trust: Trust
  readonly candidates: readonly VerificationKey[]
  readonly claims: Readonly<Record<string, unknown>>
  readonly role: string
  /** True where the role is not the token's but what stands in for a missing one. */
  readonly roleIsDefault: boolean
}

export interface ExaminationDeps {
  readonly own: OwnKeys
  readonly registry: IssuerRegistry
  /** Unix seconds. */
  readonly now: () => number
  /** The role of callers without one; null refuses them. */
  readonly anonymousRole: string | null
}

export type CheckName =
  | 'size'
  | 'shape'
  | 'header'
  | 'algorithm'
  | 'critical-header'
  | 'encoding'
  | 'issuer'
  | 'key'
  | 'signature'
  | 'claims'
  | 'claim-types'
  | 'expiry'
  | 'not-before'
  | 'issued-at'
  | 'audience'
  | 'authorized-party'
  | 'role'

type Found = Partial<Examination>

/** One thing that must hold. `run` refuses with `token.*`, or gives what it found out. */
export interface Check {
  readonly name: CheckName
  /** Checks whose findings this one reads; where one of them has not passed, this one is skipped. */
  readonly needs: readonly CheckName[]
  /** False where the configuration asks for nothing here. */
  applies?(seen: Examination, deps: ExaminationDeps): boolean
  run(seen: Examination, deps: ExaminationDeps): Found | Promise<Found>
  /** For people: what the token has. Called whether or not the check passed, never when it was skipped. */
  saw(seen: Examination, deps: ExaminationDeps): string
  /** For people: what would pass. */
  expected(seen: Examination, deps: ExaminationDeps): string
}

/** Before the first check. */
export function beginExamination(token: string, now: number): Examination {
  return {
    token,
    now,
    parts: [],
    header: {},
    algorithm: '',
    keyId: null,
    payload: undefined,
    trust: { kind: 'own' },
    candidates: [],
    claims: {},
    role: '',
    roleIsDefault: false,
  }
}

/** Where the token says it comes from, before anyone believes it. */
export function originOf(seen: Examination): { readonly issuer: string | null; readonly keyId: string | null } {
  return { issuer: claimedIssuer(seen), keyId: seen.keyId }
}

/** The unverified `iss`. */
export function claimedIssuer({ payload }: Examination): string | null {
  const issuer = isObject(payload) ? payload['iss'] : undefined
  return typeof issuer === 'string' ? issuer : null
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
