// One-time codes by e-mail and text message: as a first factor, as a second one, and on the way to a new password.

import { optionalText, requireText } from '../../../parameters/body.ts'
import { ClerkRefusal } from '../../../refusal/clerk-refusal.ts'
import type { AuthenticationSettings } from '../../../state/instance/authentication-settings.ts'
import type { User } from '../../../state/people/users.ts'
import type { Verification } from '../../../state/sessions/verifications.ts'
import type { Proof } from '../../../proof/verification/proof.ts'
import { requireRightCode } from '../../../proof/verification/require-right-code.ts'
import { startCode } from '../../../proof/verification/start-code.ts'
import type { ClientRequest } from '../../frontend-request.ts'
import type { Attempted, Factor, FactorStrategy, Person } from '../factor.ts'
import { requirePerson } from '../require-person.ts'

/** `email_code` */
export const emailCodeStrategy = codeStrategy('email_code', emailOffers('email_code', sendsEmailCodes))

/** `phone_code` */
export const phoneCodeStrategy = codeStrategy(
  'phone_code',
  phoneOffers('phone_code', ({ phoneNumber }) => phoneNumber.signIn),
)

/** `reset_password_email_code` */
export const resetByEmailStrategy = codeStrategy(
  'reset_password_email_code',
  withPassword(emailOffers('reset_password_email_code', ({ emailAddress }) => emailAddress.strategies.length > 0)),
)

/** `reset_password_phone_code` */
export const resetByPhoneStrategy = codeStrategy(
  'reset_password_phone_code',
  withPassword(phoneOffers('reset_password_phone_code', ({ phoneNumber }) => phoneNumber.signIn)),
)

/** `phone_code`, for the numbers that are reserved for the second factor. */
export const secondPhoneCodeStrategy = codeStrategy('phone_code', (user, { phoneNumber }) =>
  phoneNumber.asked === 'off' || !phoneNumber.secondFactor
    ? []
    : user.phoneNumbers
        .filter((number) => number.reservedForSecondFactor)
        .map((number) => ({ ...phoneFactor('phone_code', user, number), isDefault: number.defaultSecondFactor })),
)

type Offers = FactorStrategy['offers']
type Judge = (settings: AuthenticationSettings) => boolean

function sendsEmailCodes({ emailAddress }: AuthenticationSettings): boolean {
  return emailAddress.signIn && emailAddress.strategies.includes('email_code')
}

function emailOffers(strategy: string, applies: Judge): Offers {
  return (user, settings) =>
    settings.emailAddress.asked === 'off' || !applies(settings)
      ? []
      : user.emailAddresses
          .filter(({ verificationStatus, reserved }) => verificationStatus === 'verified' || reserved)
          .map(({ id, emailAddress }) => ({
            strategy,
            identifier: emailAddress,
            emailAddressId: id,
            primary: id === user.primaryEmailAddressId,
          }))
}

function phoneOffers(strategy: string, applies: Judge): Offers {
  return (user, settings) =>
    settings.phoneNumber.asked === 'off' || !applies(settings)
      ? []
      : user.phoneNumbers
          // A number that is the second factor is not the first one as well: one telephone would be both.
          .filter(({ reservedForSecondFactor }) => !reservedForSecondFactor)
          .filter(({ verificationStatus, reserved }) => verificationStatus === 'verified' || reserved)
          .map((number) => phoneFactor(strategy, user, number))
}

function phoneFactor(
  strategy: string,
  user: User,
  { id, phoneNumber }: { readonly id: string; readonly phoneNumber: string },
): Factor {
  return { strategy, identifier: phoneNumber, phoneNumberId: id, primary: id === user.primaryPhoneNumberId }
}

/** Where the instance does not tell about accounts, one without a password may be given one in this way, too. */
function withPassword(offers: Offers): Offers {
  return (user, settings) =>
    settings.password !== 'off' && (user.passwordEnabled || settings.enumerationProtection)
      ? offers(user, settings)
      : []
}

function codeStrategy(strategy: string, offers: Offers): FactorStrategy {
  return {
    offers,
    prepare: (request, person) => prepare(strategy, offers, request, requirePerson(person)),
    attempt: (request, attempted) => attempt(strategy, request, attempted),
  }
}

async function prepare(
  strategy: string,
  offers: Offers,
  request: ClientRequest,
  { user, isPhantom }: Person,
): Promise<Verification> {
  const { instance, store, client } = request
  const { authentication } = (await instance.snapshot()).settings
  const { identifier, emailAddressId } = requireChosen(request, offers(user, authentication))
  return startCode(instance, store, {
    strategy,
    channel: emailAddressId === undefined ? 'sms' : 'email',
    recipient: identifier ?? '',
    userId: isPhantom ? null : user.id,
    clientId: client.id,
    withheld: isPhantom,
  })
}

/** The way that the form names by its address or number; without one the primary, else the first. */
function requireChosen({ form }: ClientRequest, factors: readonly Factor[]): Factor {
  const param = optionalText(form, 'phone_number_id') ? 'phone_number_id' : 'email_address_id'
  const id = optionalText(form, param) || null
  const chosen =
    id === null
      ? (factors.find(({ primary }) => primary) ?? factors[0])
      : factors.find(({ emailAddressId, phoneNumberId }) => emailAddressId === id || phoneNumberId === id)
  if (chosen !== undefined) return chosen
  throw id === null
    ? new ClerkRefusal('strategy_for_user_invalid', {})
    : new ClerkRefusal('form_resource_not_found', { param })
}

async function attempt(strategy: string, request: ClientRequest, attempted: Attempted): Promise<Proof> {
  const { verification } = attempted
  const code = requireText(request.form, 'code')
  if (verification === null || verification.strategy !== strategy) throw new ClerkRefusal('verification_missing', {})
  const proof = await requireRightCode(request.store, verification.id, code)
  // Nobody was sent this code: whoever guessed it is told what a wrong guess is told.
  if (requirePerson(attempted.person).isPhantom) throw new ClerkRefusal('form_code_incorrect', {})
  return proof
}
