// Refusals of the S3 protocol alone: its signatures, its bodies in pieces, and its uploads in parts.

import type { NoDetail } from './no-detail.ts'

export interface S3Refusals {
  /** Neither a header, nor the query, nor a form carries a signature. */
  's3.signature-missing': NoDetail
  /** There is one, and it cannot be read: what is wrong. */
  's3.signature-malformed': { readonly reason: string }
  's3.access-key-unknown': { readonly accessKeyId: string }
  /** Another region or service than this one is signed for. */
  's3.scope-wrong': { readonly part: 'region' | 'service' | 'date'; readonly expected: string }
  /** What was signed is not what came. `canonicalRequest` is what would have had to be signed. */
  's3.signature-mismatch': { readonly canonicalRequest: string | null }
  /** Headers that mean something here and that the signature does not cover. */
  's3.headers-unsigned': { readonly headers: readonly string[] }
  /** The clocks are apart. Milliseconds since 1970. */
  's3.time-skewed': { readonly requestTime: number; readonly serverTime: number }
  /** A URL or a form that was good until then. Milliseconds since 1970. */
  's3.signature-expired': { readonly expiredAt: number }
  /** What a form's policy does not allow. */
  's3.policy-refused': { readonly reason: string }
  /** The bytes are not those of the digest; `algorithm` as the header names it. */
  's3.digest-mismatch': { readonly algorithm: string }
  /** The body is not what its own framing says. */
  's3.body-malformed': { readonly reason: string }
  /** Fewer or more bytes than were announced. */
  's3.body-incomplete': { readonly expected: number; readonly received: number }
  's3.length-missing': NoDetail
  's3.xml-malformed': { readonly reason: string }
  's3.argument-invalid': { readonly argument: string; readonly reason: string }
  /** A command, or an option of one, that this server does not have. */
  's3.not-implemented': { readonly what: string }
  's3.parts-unordered': NoDetail
  /** Every part but the last has at least this many bytes. */
  's3.part-too-small': { readonly part: number; readonly size: number; readonly least: number }
}
