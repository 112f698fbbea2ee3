// Refusals as Realtime's clients read them: a code and a sentence in the `reason` of a reply, and a status where the
// socket was never opened. The codes are upstream's (`Unauthorized`, `ConnectionRateLimitReached`), ours where it has none.

import type { AnyRefusal, Refusal } from '../refusal.ts'
import { databaseSayings } from './say-database.ts'
import { realtimeSayings } from './say-realtime.ts'
import { tokenSayings } from './say-token.ts'
import type { PhoenixSaid, SaidCode, Sayings } from './said.ts'

export interface PhoenixRefusal extends PhoenixSaid {
  /** What stands in an error reply. */
  readonly reason: string
  /** What to change, where that is known. */
  readonly fix: string | null
}

const sayings: Sayings<SaidCode> = { ...realtimeSayings, ...tokenSayings, ...databaseSayings }

/** Upstream says these in words alone. */
const withoutCode: ReadonlySet<string> = new Set<SaidCode>([
  'realtime.topic-unjoined',
  'realtime.presence-malformed',
  'realtime.payload-too-large',
])

/** Null for a refusal that says nothing in this dialect. */
export function renderPhoenix(refusal: AnyRefusal): PhoenixRefusal | null {
  if (!isSaid(refusal)) return null
  const said = say(refusal)
  const reason = withoutCode.has(refusal.code) ? said.message : `${said.code}: ${said.message}`
  return { ...said, reason, fix: refusal.fix ?? null }
}

function say<Code extends SaidCode>(refusal: Refusal<Code>): PhoenixSaid {
  return sayings[refusal.code](refusal.detail)
}

function isSaid(refusal: AnyRefusal): refusal is Extract<AnyRefusal, { readonly code: SaidCode }> {
  return Object.hasOwn(sayings, refusal.code)
}
