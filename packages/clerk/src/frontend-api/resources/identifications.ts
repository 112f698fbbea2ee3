// Addresses and numbers as their owner's browser sees them: with the verification that is under way.

import * as backend from '../../resources/user.ts'
import type { EmailAddress, Identification } from '../../state/people/email-addresses.ts'
import type { PhoneNumber } from '../../state/people/phone-numbers.ts'
import type { Verification } from '../../state/sessions/verifications.ts'
import { verificationResource } from '../../resources/verification.ts'

type Verifications = ReadonlyMap<string, Verification>

/** `verifications` are those that were prepared, by id. */
export function emailAddressResource(address: EmailAddress, verifications: Verifications): object {
  return { ...backend.emailAddressResource(address), ...prepared(address, verifications) }
}

/** `backupCodes` are shown in the one answer that hands them out. */
export function phoneNumberResource(
  number: PhoneNumber,
  verifications: Verifications,
  backupCodes: readonly string[] | null = null,
): object {
  return { ...backend.phoneNumberResource(number), ...prepared(number, verifications), backup_codes: backupCodes }
}

/** What was verified before keeps showing that while another attempt at it comes to nothing. */
function prepared({ verificationId, verificationStatus }: Identification, verifications: Verifications): object {
  const verification = verificationId === null ? undefined : verifications.get(verificationId)
  const shown = verificationStatus !== 'verified' || verification?.status === 'verified'
  return verification !== undefined && shown ? { verification: verificationResource(verification) } : {}
}
