// What is not found may be there for somebody else: what would show it, where that is asked for.

import type { Identity } from '../../../identity/identity.ts'
import { type AnyRefusal, Refusal } from '../../../refusal/refusal.ts'
import type { WhyDenied } from './why-denied.ts'

/** The same refusal with a fix, where one is known. `identity`: of whoever asked, null where nobody was asked who it is. */
export async function explainHidden(
  refusal: AnyRefusal,
  identity: Identity | null,
  whyDenied: WhyDenied,
): Promise<AnyRefusal> {
  if (identity === null || refusal.fix !== undefined) return refusal
  if (refusal.code === 'storage.object-not-found') {
    const fix = await whyDenied.hidden(identity, 'objects')
    return fix === null ? refusal : new Refusal(refusal.code, refusal.detail, { fix, cause: refusal.cause })
  }
  if (refusal.code !== 'storage.bucket-not-found') return refusal
  const fix = await whyDenied.hidden(identity, 'buckets')
  return fix === null ? refusal : new Refusal(refusal.code, refusal.detail, { fix, cause: refusal.cause })
}
