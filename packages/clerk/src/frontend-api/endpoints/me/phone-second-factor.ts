// PATCH /me/phone_numbers/:id: whether codes to a number are a second factor, and which number is asked first.

import { disablePhoneFactor } from '../../../directory/sessions/disable-second-factors.ts'
import { changeUser } from '../../../directory/people/change-user.ts'
import { identifiersWithout } from '../../../directory/people/require-removable.ts'
import { enablePhoneFactor } from '../../../directory/sessions/second-factors.ts'
import { formFlag } from '../../../parameters/form.ts'
import { ClerkRefusal } from '../../../refusal/clerk-refusal.ts'
import { type PhoneNumber, setDefaultSecondFactor } from '../../../state/people/phone-numbers.ts'
import { requireUserLocked, type User } from '../../../state/people/users.ts'
import type { FrontendAnswer, SessionRequest } from '../../frontend-request.ts'
import { numberAnswer } from './phone-number-answer.ts'

/** Changes a number's part as a second factor; the first one that is turned on comes with backup codes. */
export async function changeSecondFactor(
  request: SessionRequest,
  user: User,
  number: PhoneNumber,
): Promise<FrontendAnswer> {
  const { store, form } = request
  const reserved = formFlag(form, 'reserved_for_second_factor') ?? number.reservedForSecondFactor
  const codes = reserved === number.reservedForSecondFactor ? null : await turn(request, user, number, reserved)
  if (formFlag(form, 'default_second_factor') === true) {
    if (!reserved) throw notAFactor()
    await store.atomically(async (inner) => {
      await setDefaultSecondFactor(inner, number)
      await changeUser(inner, user.id, {})
    })
  }
  return await numberAnswer(request, number.id, codes)
}

async function turn(
  { instance, store, session }: SessionRequest,
  user: User,
  number: PhoneNumber,
  on: boolean,
): Promise<readonly string[] | null> {
  if (!on) {
    await disablePhoneFactor(store, number.id)
    return null
  }
  const { phoneNumber } = (await instance.snapshot()).settings.authentication
  if (!phoneNumber.secondFactor) {
    throw new ClerkRefusal('feature_not_enabled', { feature: 'second factors by phone number' })
  }
  return await store.atomically(async (inner) => {
    // A second factor is no identifier, so something else has to be.
    const left = identifiersWithout(await requireUserLocked(inner, user.id), number.id)
    if (number.verificationStatus === 'verified' && left === 0) {
      throw new ClerkRefusal('identification_set_for_2fa_failed', {})
    }
    return await enablePhoneFactor(instance, inner, { userId: user.id, sessionId: session.id }, number.id)
  })
}

function notAFactor(): ClerkRefusal {
  const reason = 'Only a number that is reserved for the second factor can be the default one.'
  return new ClerkRefusal('identification_update_failed', { reason })
}
