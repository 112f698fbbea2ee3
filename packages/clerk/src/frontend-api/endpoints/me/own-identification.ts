// What the identifiers of a profile have in common.

import { requireRemovable } from '../../../directory/people/require-removable.ts'
import { requireText } from '../../../parameters/body.ts'
import { requireEmailForm, requirePhoneForm } from '../../../parameters/identifiers.ts'
import { ClerkRefusal } from '../../../refusal/clerk-refusal.ts'
import { notFound } from '../../../refusal/not-found.ts'
import { requireAllowedIdentifier } from '../../../proof/restrictions/require-allowed-identifier.ts'
import type { AuthenticationSettings } from '../../../state/instance/authentication-settings.ts'
import { type Identification, isClaimedEmailAddress } from '../../../state/people/email-addresses.ts'
import { isClaimedPhoneNumber } from '../../../state/people/phone-numbers.ts'
import type { Store } from '../../../state/database/store.ts'
import { requireUser, requireUserLocked, type User } from '../../../state/people/users.ts'
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

/** What sets the two kinds apart when one is added. The form's field has the kind's name. */
const kinds = {
  email_address: {
    called: 'email address',
    feature: 'email addresses',
    asked: ({ emailAddress }: AuthenticationSettings) => emailAddress.asked,
    requireForm: requireEmailForm,
    ownedBy: ({ emailAddresses }: User): readonly Identification[] => emailAddresses,
    isClaimed: isClaimedEmailAddress,
  },
  phone_number: {
    called: 'phone number',
    feature: 'phone numbers',
    asked: ({ phoneNumber }: AuthenticationSettings) => phoneNumber.asked,
    requireForm: requirePhoneForm,
    ownedBy: ({ phoneNumbers }: User): readonly Identification[] => phoneNumbers,
    isClaimed: isClaimedPhoneNumber,
  },
} as const

/**
 * The address or number of the form that its owner wants to add, in its stored form. Refuses one where the instance has
 * none, what its restrictions keep out, what somebody has proven to be hers, and another while many wait to be verified.
 */
export async function requireAddable(request: SessionRequest, type: keyof typeof kinds): Promise<string> {
  const { instance, store, form, session } = request
  const { called, feature, asked, requireForm, ownedBy, isClaimed } = kinds[type]
  const { authentication, restrictions } = (await instance.snapshot()).settings
  if (asked(authentication) === 'off') throw new ClerkRefusal('feature_not_enabled', { feature })
  const value = requireForm(requireText(form, type))
  await requireAllowedIdentifier(store, restrictions, { type, value })
  requireFewUnverified(ownedBy(await requireUser(store, session.userId)))
  if (await isClaimed(store, value))
    throw new ClerkRefusal('form_identifier_exists', { param: type, identifier: called })
  return value
}

const mostUnverified = 10

function requireFewUnverified(owned: readonly Identification[]): void {
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
