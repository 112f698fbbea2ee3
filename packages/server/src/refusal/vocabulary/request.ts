// Refusals of a request for what it asks: what can be wrong with it before Postgres is spoken to, and the
// promises of its headers (`single`, `max-affected`) that the result did not keep.

import type { NoDetail } from './no-detail.ts'

/** Why a range of rows cannot be served. */
export type RangeProblem =
  | { readonly problem: 'negative-limit' }
  | { readonly problem: 'lower-above-upper' }
  | { readonly problem: 'out-of-bounds'; readonly lower: number; readonly total: number }

/** The bounds an operator can set on one request. Bytes for `url-length`, counts for the others. */
export type RequestLimit = 'url-length' | 'json-depth' | 'embed-depth' | 'logic-depth' | 'filters'

export interface RequestRefusals {
  /** The request body is larger than the door's limit. Bytes. */
  'request.body-too-large': { readonly limit: number }
  /** A configured bound other than the body's size was crossed. */
  'request.limit-exceeded': { readonly limit: RequestLimit; readonly maximum: number }
  /** Bytes that are no UTF-8 where text is needed. */
  'request.encoding-invalid': { readonly where: 'path' | 'query' | 'header' | 'body' }
  /** The path is neither `/`, `/name` nor `/rpc/name`. */
  'request.path-invalid': NoDetail
  /** `/` describes nothing here, by configuration. */
  'request.root-disabled': NoDetail
  'request.method-unsupported': { readonly method: string }
  'request.rpc-method-unsupported': { readonly method: string }
  /**
   * A query parameter does not follow its grammar. `what` names the grammar (`select parameter`), `text` is
   * the parameter's value, line and column count from 1, `expectation` says what stood there and what could have.
   */
  'request.query-malformed': {
    readonly what: string
    readonly text: string
    readonly line: number
    readonly column: number
    readonly expectation: string
  }
  /** `reason` is the sentence for the client. */
  'request.body-invalid': { readonly reason: string }
  'request.range-invalid': RangeProblem
  /** PUT with a limit or an offset. */
  'request.put-range': NoDetail
  /** PUT whose filters are not exactly the primary key's columns with `eq`. */
  'request.put-filters': NoDetail
  /** PUT whose payload has another primary key than the address. */
  'request.put-mismatch': NoDetail
  'request.schema-unknown': { readonly schema: string; readonly exposed: readonly string[] }
  /** None of the media types asked for, as the client wrote them, can be made here. */
  'request.media-type-unavailable': { readonly mediaTypes: readonly string[] }
  /** A filter, order or range names an embed that `select` lacks; `alias` where it is there by that name only. */
  'request.embed-target-unknown': { readonly target: string; readonly alias: string | null }
  /** Ordering by a column of an embed that may have many rows. */
  'request.related-order': { readonly origin: string; readonly target: string }
  'request.aggregates-disabled': NoDetail
  /** `handling=strict` and preferences nobody knows or can apply. */
  'request.preferences-invalid': { readonly preferences: readonly string[] }
  'request.not-implemented': { readonly feature: string }
  /** One object was asked for and the result has another number of rows. */
  'request.not-singular': { readonly rows: number }
  /** More rows were touched than `max-affected` allows. */
  'request.max-affected': { readonly rows: number }
  /** `max-affected` on a function that returns no set. */
  'request.max-affected-rpc': NoDetail
}
