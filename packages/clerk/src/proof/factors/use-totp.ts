// The code of an authenticator app, which is taken once (RFC 6238 §5.2).

import { claimTotpStep } from '../../state/people/totp.ts'
import type { Store } from '../../state/database/store.ts'
import { requireTotpSecret } from '../../state/people/users.ts'
import { totpStep } from './totp.ts'

/** Takes the code of a user's app; false when it is wrong, was taken before, or she has no app. Refuses an unknown user. */
export async function useTotpCode(store: Store, userId: string, code: string): Promise<boolean> {
  const secret = await requireTotpSecret(store, userId)
  const step = secret === null ? null : totpStep(secret, code, store.now())
  return step !== null && (await claimTotpStep(store, userId, step))
}
