// Which of a person's addresses or numbers a request makes the primary one, from either door.

import { type Body, optionalText } from '../../parameters/body.ts'
import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import type { Identification } from '../../state/people/email-addresses.ts'
import { requireProven } from './change-email-address.ts'

/** The id that a parameter names; undefined where it names none. Refuses one that is not among `owned`, or not verified. */
export function requirePrimary(body: Body, param: string, owned: readonly Identification[]): string | undefined {
  const id = optionalText(body, param)
  if (id === undefined || id === null || id === '') return undefined
  const found = owned.find((candidate) => candidate.id === id)
  if (found === undefined) throw new ClerkRefusal('form_resource_not_found', { param })
  requireProven(true, found.verificationStatus === 'verified')
  return id
}
