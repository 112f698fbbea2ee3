// A refusal in the words of Storage's dialect.

import type { RefusalDetails } from '../refusal.ts'
import type { PostgresRefusals } from '../vocabulary/postgres.ts'
import type { StorageRefusals } from '../vocabulary/storage.ts'
import type { TokenRefusals } from '../vocabulary/token.ts'

export type SaidCode = keyof (StorageRefusals & TokenRefusals & PostgresRefusals)

export interface StorageSaid {
  /** What `statusCode` of the body says. */
  readonly statusCode: number
  /** What the answer has: upstream answers 400 for nearly everything. */
  readonly status: number
  readonly error: string
  readonly code: string
  readonly message: string
}

/** One way to say each of these codes; a code left out does not compile. */
export type Sayings<Code extends SaidCode> = {
  readonly [Each in Code]: (detail: RefusalDetails[Each]) => StorageSaid
}

/** Answered 400, as upstream does, with its real status in the body. */
export function say(statusCode: number, error: string, code: string, message: string): StorageSaid {
  return { statusCode, status: 400, error, code, message }
}

/** Answered with the status it has. */
export function sayTruly(statusCode: number, error: string, code: string, message: string): StorageSaid {
  return { statusCode, status: statusCode, error, code, message }
}
