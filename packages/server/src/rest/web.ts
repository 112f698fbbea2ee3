// What the REST door takes and gives: HTTP as plain values, whoever speaks it.

import type { Identity } from '../identity/identity.ts'

/** An HTTP request as the door sees it; `path` is below the door's own prefix. */
export interface WebRequest {
  readonly method: string
  /** Raw (still percent-encoded) path below the prefix, with its leading slash, without the query. */
  readonly path: string
  /** Raw query string without `?`; empty where there is none. */
  readonly query: string
  /** Lower-case names; repeated headers joined with `, ` as node does. */
  readonly headers: Readonly<Record<string, string | undefined>>
  /** Reads the whole body. Refuses with `request.body-too-large`. */
  body(): Promise<Buffer>
}

/** An HTTP response as the door gives it. A header may stand more than once. */
export interface WebResponse {
  readonly status: number
  /** Reason phrase, where SQL chose one. */
  readonly statusText?: string
  readonly headers: readonly (readonly [name: string, value: string])[]
  /** Empty for no body. */
  readonly body: string | Buffer
  /** True where Content-Length must not be sent (HEAD). */
  readonly withoutLength?: boolean
  /** Who asked, once that was known; for the access log, never sent. */
  readonly identity?: Identity
}
