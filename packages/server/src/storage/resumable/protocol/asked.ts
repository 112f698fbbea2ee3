// What one request to the protocol's server shows and wants. The library hands its hooks nothing but the request; this is
// found by it.

import type { IncomingHttpHeaders } from 'node:http'

import type { AnyRefusal } from '../../../refusal/refusal.ts'
import type { Caller } from '../../access/caller.ts'
import type { SignedClaims } from '../../signed/signed-tokens.ts'
import type { ResumableUpload } from '../rows/resumable-upload.ts'

/** Who asks: a caller, or whoever holds a signed token for the path. */
export type Shown =
  | { readonly kind: 'caller'; readonly caller: Caller }
  | { readonly kind: 'signed'; readonly token: string | null }

export interface Asked {
  readonly shown: Shown
  /** Of a signed token, once it is known what it is for. */
  claims: SignedClaims | null
  readonly headers: IncomingHttpHeaders
  /** `https` where the socket is encrypted. */
  readonly proto: string
  /** The upload that this request begins or goes on with, once it is known. */
  upload: Omit<ResumableUpload, 'createdAt'> | null
  /** Bytes that it may have, once that is known. */
  limit: number | null
  /** What was answered with a no. */
  refused: AnyRefusal | null
  /** What nobody refused on purpose. */
  fault: unknown
}
