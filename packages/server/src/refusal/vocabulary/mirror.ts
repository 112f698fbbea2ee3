// Refusals of the mirror of Clerk's people and organisations.

import type { NoDetail } from './no-detail.ts'

export interface MirrorRefusals {
  /** The project keeps no mirror. */
  'mirror.disabled': NoDetail
  /** A webhook that was not signed with the endpoint's secret, was changed on the way, or is too old. */
  'mirror.signature-invalid': { readonly reason: string }
  /** A signed body that is no event of Clerk's. */
  'mirror.event-malformed': { readonly reason: string }
  /** One backfill at a time. */
  'mirror.backfill-running': NoDetail
  /** Clerk's Backend API did not answer as it should. */
  'mirror.clerk-unavailable': { readonly url: string; readonly reason: string }
}
