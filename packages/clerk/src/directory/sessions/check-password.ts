// A person's password, as she shows it at either door.

import { digestPassword, ownHasher, passwordMatches } from '../../proof/passwords/password-digests.ts'
import type { Store } from '../../state/database/store.ts'
import { replacePasswordDigest, requirePasswordDigest } from '../../state/people/users.ts'

/** What a shown password turned out to be; `none` where the user has no password. */
export type PasswordVerdict = 'right' | 'wrong' | 'none'

/**
 * Judges a shown password. A right one whose digest a migrated user brought is digested anew, which is no change of
 * the user. Refuses an unknown user.
 */
export async function checkPassword(store: Store, userId: string, password: string): Promise<PasswordVerdict> {
  const stored = await requirePasswordDigest(store, userId)
  if (stored === null) return 'none'
  if (!(await passwordMatches(stored, password))) return 'wrong'
  if (stored.hasher !== ownHasher) {
    await replacePasswordDigest(store, userId, stored.digest, {
      digest: await digestPassword(password),
      hasher: ownHasher,
    })
  }
  return 'right'
}
