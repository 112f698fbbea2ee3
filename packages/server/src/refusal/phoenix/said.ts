// A refusal in the words of Realtime's dialect.

import type { RefusalDetails } from '../refusal.ts'
import type { PostgresRefusals } from '../vocabulary/postgres.ts'
import type { RealtimeRefusals } from '../vocabulary/realtime.ts'
import type { TokenRefusals } from '../vocabulary/token.ts'

export type SaidCode = keyof (RealtimeRefusals & TokenRefusals & PostgresRefusals)

export interface PhoenixSaid {
  /** For a refusal before the upgrade, and over HTTP. */
  readonly status: number
  readonly code: string
  readonly message: string
}

/** One way to say each of these codes; a code left out does not compile. */
export type Sayings<Code extends SaidCode> = {
  readonly [Each in Code]: (detail: RefusalDetails[Each]) => PhoenixSaid
}

export function say(status: number, code: string, message: string): PhoenixSaid {
  return { status, code, message }
}
