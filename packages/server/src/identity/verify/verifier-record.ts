// What the verifier has seen since the start, as numbers: by check, by issuer, and how many tokens had no role.

import type { AnyRefusal } from '../../refusal/refusal.ts'
import type { IdentityLog } from '../identity-log.ts'
import { issuerLabel } from '../issuers/issuer.ts'
import { createIssuerSightings, type IssuerSighting, type ShownAgain } from '../sightings/issuer-sightings.ts'
import type { Examination } from './examination.ts'

export interface RecordedStats {
  readonly refusals: Readonly<Partial<Record<AnyRefusal['code'], number>>>
  /** Tokens whose role was missing and replaced by a default. */
  readonly tokensWithoutRole: number
  /** What became of the tokens of each issuer that showed any. */
  readonly sightings: Readonly<Record<string, IssuerSighting>>
}

export interface VerifierRecord {
  /** A token was verified anew; who is told when it is shown again. */
  accept(seen: Examination): ShownAgain | null
  refuse(seen: Examination, code: AnyRefusal['code']): void
  stats(): RecordedStats
}

export function createVerifierRecord(log: IdentityLog): VerifierRecord {
  const refusals: Partial<Record<AnyRefusal['code'], number>> = {}
  const tally = createRoleTally(log)
  const sightings = createIssuerSightings()
  return {
    accept(seen) {
      tally.note(seen)
      return sightings.accept(seen)
    },
    refuse(seen, code) {
      refusals[code] = (refusals[code] ?? 0) + 1
      sightings.refuse(seen, code)
    },
    stats: () => ({ refusals: { ...refusals }, tokensWithoutRole: tally.count(), sightings: sightings.all() }),
  }
}

interface RoleTally {
  note(seen: Examination): void
  count(): number
}

/** Counts tokens without a role, and says it in the log once an issuer: it is the commonest mistake of a set-up. */
function createRoleTally(log: IdentityLog): RoleTally {
  const told = new Set<string>()
  let count = 0
  return {
    count: () => count,
    note({ roleIsDefault, role, trust }) {
      if (!roleIsDefault) return
      count += 1
      const issuer = trust.kind === 'issuer' ? issuerLabel(trust.issuer) : 'this project'
      if (told.has(issuer)) return
      told.add(issuer)
      log.warn({ issuer, role }, 'tokens of this issuer have no role claim; they run as the default role')
    },
  }
}
