// What the HTTP API is given, and how a message of it goes out: counted like one that came over a socket.

import type { Identify } from '../../../identity/identity.ts'
import { Refusal } from '../../../refusal/refusal.ts'
import type { Authorize } from '../../access/channel-access.ts'
import type { RealtimeLimits } from '../../config.ts'
import type { NoteRefusal } from '../../limits/refusal-log.ts'
import type { Broadcaster } from '../delivery/broadcaster.ts'
import type { Addressed } from '../message/envelope.ts'

export interface ApiDeps {
  readonly identify: Identify
  /** Null where nobody can be asked: nothing private is sent. */
  readonly authorize: Authorize | null
  readonly broadcaster: Pick<Broadcaster, 'tell'>
  readonly rate: ApiRate
  readonly limits: Pick<RealtimeLimits, 'broadcastBytes'>
  /** Tell callers what to change, where that is known. */
  readonly explain: boolean
  /** Hears of what callers are told nothing of. */
  readonly note: NoteRefusal
}

/** Messages of the whole process, a second over the last minute. */
interface ApiRate {
  readonly average: number
  readonly limit: number
  add(messages: number): void
}

/** Refuses while the process is at its rate, and a batch that would take it beyond. */
export function assertRate(messages: number, { average, limit }: ApiRate): void {
  if (average >= limit) throw new Refusal('realtime.api-rate-reached', { limit })
  if (average + messages > limit) throw new Refusal('realtime.batch-too-large', { limit })
}

export function tellCounted(addressed: Addressed, { broadcaster, rate }: ApiDeps): void {
  rate.add(1)
  broadcaster.tell(addressed)
}
