// What a right code, link, password or key amounts to until it is used: checked, and not yet spent.

import type { Store } from '../../state/database/store.ts'
import type { Verification } from '../../state/sessions/verifications.ts'
import type { Json } from '../../tokens/json.ts'

/** Something right was shown. */
export interface Proof {
  readonly strategy: string
  /** Whose it is, where what was shown says so itself: a passkey, a ticket. */
  readonly userId?: string | undefined
  /** Ask for no second factor after it. */
  readonly sufficient?: boolean | undefined
  /** What the session it opens is to be active in, if the user is a member. */
  readonly organizationId?: string | null | undefined
  /** Who impersonates the user in the session that it opens. */
  readonly actor?: Json | undefined
  /** Milliseconds until that session expires; the instance's own when left out. */
  readonly lifetime?: number | undefined
  /**
   * Uses it up and hands back the verification. Call it inside the transaction of what it is good for. Refuses when
   * another request used it first.
   */
  readonly spend: (store: Store) => Promise<Verification>
}
