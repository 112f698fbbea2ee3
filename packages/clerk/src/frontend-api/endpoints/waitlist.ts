// POST /waitlist: a place on the waiting list, for whoever asks.

import { joinWaitlist } from '../../directory/people/waitlist.ts'
import { requireText } from '../../parameters/body.ts'
import { requireEmailForm } from '../../parameters/identifiers.ts'
import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import { type FrontendAnswer, type FrontendEndpoint, type FrontendRequest, resource } from '../frontend-request.ts'

export const waitlistEndpoints: readonly FrontendEndpoint[] = [
  { method: 'POST', path: '/v1/waitlist', access: 'open', answer: join },
]

/** Tells no more than that the address is on the list: what became of it is between the operator and its owner. */
async function join({ instance, store, form }: FrontendRequest): Promise<FrontendAnswer> {
  const { authentication } = (await instance.snapshot()).settings
  if (authentication.signUpMode !== 'waitlist') throw new ClerkRefusal('feature_not_enabled', { feature: 'waitlist' })
  const { id, createdAt, updatedAt } = await joinWaitlist(
    store,
    requireEmailForm(requireText(form, 'email_address')),
    true,
  )
  return resource({ object: 'waitlist_entry', id, created_at: createdAt, updated_at: updatedAt })
}
