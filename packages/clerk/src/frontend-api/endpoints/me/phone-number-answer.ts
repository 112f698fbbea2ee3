// A phone number as the answer to what was done with it.

import { requirePhoneNumber } from '../../../state/people/phone-numbers.ts'
import { findVerifications } from '../../../state/sessions/verifications.ts'
import { type FrontendAnswer, resource, type SessionRequest } from '../../frontend-request.ts'
import { phoneNumberResource } from '../../resources/identifications.ts'

/** The number as it is now; `backupCodes` where the change handed some out. */
export async function numberAnswer(
  { store }: SessionRequest,
  id: string,
  backupCodes: readonly string[] | null = null,
): Promise<FrontendAnswer> {
  const number = await requirePhoneNumber(store, id)
  const verifications = await findVerifications(store, [number.verificationId ?? ''])
  return resource(phoneNumberResource(number, verifications, backupCodes))
}
