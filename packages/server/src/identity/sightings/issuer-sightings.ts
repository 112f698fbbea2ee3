// What became of the tokens that each issuer's keys were asked about, since the start. Strangers' issuers are not
// counted: whoever sends tokens chooses their names.

import type { AnyRefusal } from '../../refusal/refusal.ts'
import { issuerLabel } from '../issuers/issuer.ts'
import type { Examination } from '../verify/examination.ts'

/** Of one issuer. Numbers are of different tokens, however often each was shown. */
export interface IssuerSighting {
  readonly accepted: number
  /** Of the accepted ones, those without a role claim. */
  readonly withoutRole: number
  /** Unix seconds; null while there was none. */
  readonly lastSeen: number | null
  readonly refused: Readonly<Partial<Record<AnyRefusal['code'], number>>>
}

type Kept = { -readonly [Member in keyof IssuerSighting]: IssuerSighting[Member] }

export interface IssuerSightings {
  /** A token was verified anew. The answer is told of each time the same token is shown again; null for our own. */
  accept(seen: Examination): ShownAgain | null
  /** A token was refused, where it had got as far as an issuer's keys. */
  refuse(seen: Examination, code: AnyRefusal['code']): void
  /** By issuer label. */
  all(): Readonly<Record<string, IssuerSighting>>
}

/** Takes the time, in Unix seconds. */
export type ShownAgain = (now: number) => void

export function createIssuerSightings(): IssuerSightings {
  const kept = new Map<string, Kept>()
  const of = ({ trust }: Examination): Kept | null => {
    if (trust.kind === 'own') return null
    const label = issuerLabel(trust.issuer)
    const sighting = kept.get(label) ?? { accepted: 0, withoutRole: 0, lastSeen: null, refused: {} }
    kept.set(label, sighting)
    return sighting
  }
  return {
    accept(seen) {
      const sighting = of(seen)
      if (sighting === null) return null
      sighting.accepted += 1
      if (seen.roleIsDefault) sighting.withoutRole += 1
      sighting.lastSeen = seen.now
      return (now) => (sighting.lastSeen = now)
    },
    refuse(seen, code) {
      const sighting = of(seen)
      if (sighting !== null) sighting.refused = { ...sighting.refused, [code]: (sighting.refused[code] ?? 0) + 1 }
    },
    all: () => Object.fromEntries([...kept].map(([label, sighting]) => [label, { ...sighting }])),
  }
}
