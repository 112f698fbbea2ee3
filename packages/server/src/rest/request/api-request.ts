// What was asked, as data: the output of the request stage. Nothing here has been looked up in the
// database; every name is as the client wrote it.

export interface ApiRequest {
  readonly kind: 'api-request'
  readonly method: string
  readonly action: Action
  /** The schema the request is about, chosen by profile header. */
  readonly schema: string
  /** Send Content-Profile back: more than one schema is exposed, or a profile header came. */
  readonly profileNegotiated: boolean
  readonly target: Target
  readonly query: QueryParameters
  /** Range of the root, query and Range header intersected. */
  readonly range: Range
  /** Ranges of embeds. A limit or an offset below zero stands as it came: Postgres refuses it. */
  readonly embedRanges: readonly { readonly path: readonly string[]; readonly range: Range }[]
  readonly preferences: Preferences
  /** Most wanted first. */
  readonly accept: readonly MediaType[]
  /** Of the body; `application/json` where the client did not say. */
  readonly contentType: MediaType
  readonly payload: Payload | null
  /**
   * Canonical query for Content-Location, without `?`. Empty where the request is no read of a relation, null
   * where no URL says what was asked.
   */
  readonly canonicalQuery: string | null
  /** As the settings of a transaction show them: lower-case names, no `cookie`. */
  readonly headers: Readonly<Record<string, string>>
  readonly cookies: Readonly<Record<string, string>>
  readonly rawPath: string
}

export type Action =
  | { readonly kind: 'read'; readonly headersOnly: boolean }
  | { readonly kind: 'insert' | 'upsert-one' | 'update' | 'delete' }
  | { readonly kind: 'call'; readonly by: 'get' | 'head' | 'post' }
  | { readonly kind: 'describe'; readonly headersOnly: boolean }
  | { readonly kind: 'options' }

export type Target =
  | { readonly kind: 'relation'; readonly name: string }
  | { readonly kind: 'routine'; readonly name: string }
  | { readonly kind: 'root' }

export interface QueryParameters {
  readonly select: readonly SelectItem[]
  /** Filters of the root, ANDed with each other and with the trees of `logic` whose path is empty. */
  readonly rootFilters: readonly Filter[]
  /** Filters of embeds, by path. */
  readonly embedFilters: readonly { readonly path: readonly string[]; readonly filter: Filter }[]
  readonly logic: readonly { readonly path: readonly string[]; readonly tree: LogicTree }[]
  readonly order: readonly { readonly path: readonly string[]; readonly terms: readonly OrderTerm[] }[]
  /** Names in `columns`, sorted; null where absent or where the action does not look at it. */
  readonly columns: readonly string[] | null
  readonly onConflict: readonly string[] | null
  /** RPC by GET: parameters that are no filters, in order. */
  readonly arguments: readonly (readonly [name: string, value: string])[]
}

/** One step of a JSON path. */
export type JsonStep =
  | { readonly arrow: '->' | '->>'; readonly key: string }
  | { readonly arrow: '->' | '->>'; readonly index: string }

export interface Field {
  readonly name: string
  readonly path: readonly JsonStep[]
}

export type AggregateFunction = 'count' | 'sum' | 'avg' | 'max' | 'min'

export type SelectItem =
  | {
      readonly kind: 'field'
      readonly field: Field
      readonly alias: string | null
      readonly cast: string | null
      readonly aggregate: { readonly function: AggregateFunction; readonly cast: string | null } | null
    }
  | {
      readonly kind: 'embed'
      readonly relation: string
      readonly alias: string | null
      readonly hint: string | null
      readonly join: 'inner' | 'left' | null
      readonly select: readonly SelectItem[]
    }
  | {
      readonly kind: 'spread'
      readonly relation: string
      readonly hint: string | null
      readonly join: 'inner' | 'left' | null
      readonly select: readonly SelectItem[]
    }

export type SimpleOperator =
  | 'eq'
  | 'neq'
  | 'gt'
  | 'gte'
  | 'lt'
  | 'lte'
  | 'like'
  | 'ilike'
  | 'match'
  | 'imatch'
  | 'cs'
  | 'cd'
  | 'ov'
  | 'sl'
  | 'sr'
  | 'nxr'
  | 'nxl'
  | 'adj'

export type TextSearchOperator = 'fts' | 'plfts' | 'phfts' | 'wfts'

export type Operation =
  | {
      readonly kind: 'simple'
      readonly operator: SimpleOperator
      readonly quantifier: 'any' | 'all' | null
      readonly value: string
    }
  /** `in.()` and `in.("")` are the empty list. */
  | { readonly kind: 'in'; readonly values: readonly string[] }
  | { readonly kind: 'is'; readonly value: 'null' | 'not_null' | 'true' | 'false' | 'unknown' }
  | { readonly kind: 'is-distinct'; readonly value: string }
  | {
      readonly kind: 'text-search'
      readonly operator: TextSearchOperator
      readonly language: string | null
      readonly value: string
    }

export interface Filter {
  readonly field: Field
  readonly negated: boolean
  readonly operation: Operation
}

export type LogicTree =
  | { readonly kind: 'and' | 'or'; readonly negated: boolean; readonly members: readonly LogicTree[] }
  | { readonly kind: 'filter'; readonly filter: Filter }

export interface OrderTerm {
  readonly field: Field
  /** `rel(col)`: order by a column of this to-one embed. */
  readonly relation: string | null
  readonly direction: 'asc' | 'desc' | null
  readonly nulls: 'first' | 'last' | null
}

/** `limit` null means unbounded. The root's are non-negative. */
export interface Range {
  readonly offset: number
  readonly limit: number | null
}

export interface Preferences {
  readonly resolution: 'merge-duplicates' | 'ignore-duplicates' | null
  readonly return: 'minimal' | 'headers-only' | 'representation' | null
  readonly count: 'exact' | 'planned' | 'estimated' | null
  readonly missing: 'default' | 'null' | null
  readonly transaction: 'commit' | 'rollback' | null
  readonly handling: 'strict' | 'lenient' | null
  readonly timezone: string | null
  readonly maxAffected: number | null
  readonly invalid: readonly string[]
}

export interface MediaType {
  /** `type/subtype`, lower case; one spelling for each of the vendored types (`application/vnd.pgrst.object+json`). */
  readonly essence: string
  /** Those that mean something: `nulls` of the vendored types, `for` and `options` of a plan, all of a type nobody knows. */
  readonly parameters: Readonly<Record<string, string>>
  /** How messages and headers name it: canonical where the type is known, as the client wrote it elsewhere. */
  readonly written: string
}

/** A request body. JSON is kept as sent: Postgres parses it. */
export type Payload =
  | {
      readonly kind: 'json'
      readonly raw: string
      readonly shape: 'object' | 'array'
      /** Keys of every object, sorted, none twice. With `columns`, null: not looked at. */
      readonly keys: readonly string[] | null
    }
  | { readonly kind: 'form'; readonly fields: readonly (readonly [name: string, value: string])[] }
  | { readonly kind: 'raw'; readonly mediaType: string; readonly bytes: Buffer }
