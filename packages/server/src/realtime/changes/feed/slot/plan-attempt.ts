// Decides, from how things stand, what the feed does next.

import { identifier } from '../../../../database/sql.ts'
import type { Survey } from './survey.ts'

export type AttemptPlan =
  /** There is no slot and nobody has asked for changes: no WAL is kept for nobody. */
  | { readonly kind: 'idle' }
  /** Another process reads the slot, or one that has died and whose walsender has not noticed. */
  | { readonly kind: 'in-use' }
  | { readonly kind: 'unavailable'; readonly reason: string; readonly grant: string | null }
  | StreamPlan

export interface StreamPlan {
  readonly kind: 'stream'
  readonly slot: string
  readonly publications: readonly string[]
  /** There is one that is of no use any more. */
  readonly drop: boolean
  readonly create: boolean
  /** What is committed between the last slot and the next one is not heard: why. */
  readonly loss: string | null
}

interface Circumstances {
  /** Somebody has asked for changes. */
  readonly isWanted: boolean
  /** This process has seen the slot before. */
  readonly hadSlot: boolean
  /** The one of the configuration. */
  readonly publication: string
  /** The slot cannot be read any further, although Postgres has it: why. */
  readonly defect: string | null
}

export function planAttempt(found: Survey, { isWanted, hadSlot, publication, defect }: Circumstances): AttemptPlan {
  const { slot, slotName, publications } = found
  if (slot === null && !isWanted && !hadSlot) return { kind: 'idle' }
  if (found.walLevel !== 'logical') return withoutDecoding(found.walLevel)
  if (slot !== null && slot.activePid !== null) return { kind: 'in-use' }
  if (publications.length === 0) return withoutPublication(publication)
  const loss = lossOf(found, hadSlot, defect)
  const drop = slot !== null && loss !== null
  return { kind: 'stream', slot: slotName, publications, drop, create: slot === null || drop, loss }
}

function lossOf({ slot, slotName }: Survey, hadSlot: boolean, defect: string | null): string | null {
  if (slot === null) return hadSlot ? `the replication slot ${slotName} was dropped` : null
  if (slot.isLost) {
    return `the replication slot ${slotName} held back more of the log than max_slot_wal_keep_size allows`
  }
  return defect
}

function withoutDecoding(walLevel: string): AttemptPlan {
  return {
    kind: 'unavailable',
    reason: `Postgres does not decode its log: wal_level is ${walLevel}.`,
    grant: "alter system set wal_level = 'logical'; -- and restart Postgres",
  }
}

function withoutPublication(publication: string): AttemptPlan {
  return {
    kind: 'unavailable',
    reason: 'There is no publication that says which tables are announced.',
    grant: `create publication ${identifier(publication)};`,
  }
}
