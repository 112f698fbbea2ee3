// What the channels of one process share.

import type { Identity } from '../../../identity/identity.ts'
import type { Fault } from '../../../refusal/fault.ts'
import type { RefusalCode } from '../../../refusal/refusal.ts'
import type { Authorize } from '../../access/channel-access.ts'
import type { WhyDenied } from '../../access/denial/why-denied.ts'
import type { RealtimeConfig } from '../../config.ts'
import type { NoteRefusal } from '../../limits/refusal-log.ts'
import type { Rates } from '../../limits/rates.ts'
import type { Feature } from '../channel.ts'
import type { TokenDeadlines } from '../tokens/token-deadlines.ts'

export interface ChannelDeps {
  readonly config: RealtimeConfig
  readonly features: readonly Feature[]
  /** Refuses with `token.*`. */
  readonly verify: (token: string) => Promise<Identity>
  /** Null where nobody can be asked: every private channel is refused. */
  readonly authorize: Authorize | null
  /** Asked where refusals are explained. */
  readonly whyDenied: WhyDenied
  readonly rates: Rates
  readonly deadlines: TokenDeadlines
  /** A name that nobody else has. */
  readonly newId: () => string
  /** Tell clients what to change, where that is known. */
  readonly explain: boolean
  readonly counts: ChannelCounts
  /** Takes what was refused, for the log. */
  readonly note: NoteRefusal
  /** Takes what nobody foresaw, for the log. */
  readonly report: (fault: Fault) => void
}

/** Since the start, but for `channels`, which is now. */
export interface ChannelCounts {
  channels: number
  joins: number
  messages: number
  refused(code: RefusalCode): void
}
