// What an operator decides about requests.

/** Bounds on one request. Crossing one refuses with `request.limit-exceeded`. */
export interface RequestLimits {
  /** Path and query together, in bytes as sent. */
  readonly urlLength: number
  /** A query sent as the body, in bytes: what is parsed costs more memory than what is stored. */
  readonly queryBodyLength: number
  /** Nesting of a JSON body. */
  readonly jsonDepth: number
  /** Embeds within embeds in `select`. */
  readonly embedDepth: number
  /** `and` and `or` within each other. */
  readonly logicDepth: number
  /** Filters in one request, those within `and` and `or` included. */
  readonly filters: number
}

/** Beyond what clients are seen to send, far below what hurts. */
export const defaultRequestLimits: RequestLimits = {
  urlLength: 262_144,
  queryBodyLength: 1_048_576,
  jsonDepth: 256,
  embedDepth: 32,
  logicDepth: 32,
  filters: 1000,
}

/** What `/` answers with. */
export type RootMode =
  | { readonly kind: 'describe' }
  | { readonly kind: 'routine'; readonly name: string }
  | { readonly kind: 'disabled' }

export interface RequestConfig {
  /** Exposed schemas, the default first; at least one. */
  readonly schemas: readonly string[]
  readonly root: RootMode
  /** `Prefer: tx=` is listened to. */
  readonly transactionOverride: boolean
  readonly limits: RequestLimits
}
