// What the identifiers of a profile have in common.

import { requireRemovable } from '../../../directory/require-removable.ts'
import { ClerkRefusal } from '../../../refusal/clerk-refusal.ts'
import { notFound } from '../../../refusal/not-found.ts'
import type { Identification } from '../../../state/email-addresses.ts'
import type { Store } from '../../../state/store.ts'
import { requireUser, requireUserLocked, type User } from '../../../state/users.ts'
import { pathValue, type SessionRequest } from '../../frontend-request.ts'

/** Whoever asks, and the address or number that the path names. */
export interface Owned<Kind extends Identification> {
  readonly user: User
  readonly identification: Kind
}

/** Refuses an id that is not one of her own; somebody else's is as good as unknown. */
export async function requireOwned<Kind extends Identification>(
  request: SessionRequest,
  kind: 'email_address' | 'phone_number',
  ownedBy: (user: User) => readonly Kind[],
): Promise<Owned<Kind>> {
  const user = await requireUser(request.store, request.session.userId)
  const id = pathValue(request, 'id')
  const identification = ownedBy(user).find((candidate) => candidate.id === id)
  if (identification === undefined) throw notFound(kind, id)
  return { user, identification }
}

const mostUnverified = 10

/** Refuses another one while many wait to be verified. */
export function requireFewUnverified(owned: readonly Identification[]): void {
  if (owned.filter(({ verificationStatus }) => verificationStatus !== 'verified').length >= mostUnverified) {
    throw new ClerkRefusal('too_many_unverified_identifications', { most: mostUnverified })
  }
}

/** The verification that was prepared. Refuses when there is none, and when nothing is left to prove. */
export function requirePrepared({ verificationStatus, verificationId }: Identification): string {
  if (verificationStatus === 'verified') throw new ClerkRefusal('verification_already_verified', {})
  if (verificationId === null) throw new ClerkRefusal('verification_missing', {})
  return verificationId
}

/**
 * Takes something away that identifies whoever asks, while nobody takes away another. Refuses her last identifier, and
 * what the instance requires.
 */
export async function removing(
  { instance, store, session }: SessionRequest,
  id: string,
  remove: (store: Store) => Promise<void>,
): Promise<void> {
  const { authentication } = (await instance.snapshot()).settings
  await store.atomically(async (inner) => {
    requireRemovable(await requireUserLocked(inner, session.userId), authentication, id)
    await remove(inner)
  })
}
