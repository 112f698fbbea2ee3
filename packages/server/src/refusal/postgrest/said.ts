// A refusal in PostgREST's words, before it is put on the wire.

import type { RefusalDetails, RefusalCode } from '../refusal.ts'

/** What one refusal says: the body's four members, the status and the headers that belong to it. */
export interface Said {
  readonly status: number
  /** Reason phrase, where SQL chose one. */
  readonly statusText?: string
  readonly code: string
  readonly message: string
  /** A sentence, or for ambiguous embeds the list of candidates. */
  readonly details?: string | null | readonly Readonly<Record<string, string>>[]
  readonly hint?: string | null
  /** Members beside PostgREST's four, where a refusal of our own carries data. */
  readonly more?: Readonly<Record<string, unknown>>
  readonly headers?: readonly (readonly [name: string, value: string])[]
}

/** What a renderer knows besides the refusal. */
export interface Circumstances {
  /** A missing privilege is a 401 for this role and a 403 for the others. */
  readonly anonymousRole: string | null
}

/** One way to say each of these codes; a code left out does not compile. */
export type Sayings<Code extends RefusalCode> = {
  readonly [Each in Code]: (detail: RefusalDetails[Each], circumstances: Circumstances) => Said
}
