// Refusals of Studio's own server: who may open the page, and from where.

import type { NoDetail } from './no-detail.ts'

export interface StudioRefusals {
  /** The request names a host that Studio is not served under: a page of the web may have pointed its own name here. */
  'studio.host-foreign': { readonly host: string }
  /** Nobody has signed in with this browser, or that was too long ago. */
  'studio.session-required': NoDetail
  /** The request was made by a page of another origin, or does not say by which. */
  'studio.page-foreign': NoDetail
  /** A change came without the header that only Studio's own page sends. */
  'studio.header-missing': { readonly header: string }
  /** The code of a link was used before, is too old, or was never made. */
  'studio.link-spent': NoDetail
  'studio.password-wrong': NoDetail
  /** Seconds until the next attempt is heard. */
  'studio.too-many-attempts': { readonly retryAfter: number }
}
