// What is shown and judged in one request leaves a verification that is verified from the start.

import type { Store } from '../../state/database/store.ts'
import { insertVerification, type Verification } from '../../state/sessions/verifications.ts'

const lifetime = 600_000

/** Records that a strategy was verified on a client. */
export function spentNow(store: Store, strategy: string, clientId: string): Promise<Verification> {
  return insertVerification(store, { strategy, clientId, secretDigest: null, verified: true, lifetime })
}
