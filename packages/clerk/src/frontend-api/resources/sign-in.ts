// A sign-in as the browser that goes through it sees it.

import type { AuthenticationSettings } from '../../state/instance/authentication-settings.ts'
import type { Instance } from '../../state/instance/instance.ts'
import type { SignIn } from '../../state/sessions/sign-ins.ts'
import type { User } from '../../state/people/users.ts'
import { findVerification, type Verification } from '../../state/sessions/verifications.ts'
import type { Factor, Person } from '../sign-in/factor.ts'
import { firstFactorsOf } from '../sign-in/first-factors.ts'
import { identifierKinds, personOf } from '../sign-in/identify.ts'
import { maskedIdentifier } from '../sign-in/mask.ts'
import { secondFactorsOf } from '../sign-in/second-factors.ts'
import { verificationResource } from '../../resources/verification.ts'

/** The resource, with the factors that are open at its step. */
export async function signInResource(instance: Instance, signIn: SignIn): Promise<object> {
  const { store } = instance
  const { authentication } = (await instance.snapshot()).settings
  const person = await personOf(store, authentication, signIn)
  const [first, second] = await Promise.all(
    [signIn.firstVerificationId, signIn.secondVerificationId].map(async (id): Promise<Verification | null> =>
      id === null ? null : await findVerification(store, id),
    ),
  )
  return {
    object: 'sign_in_attempt',
    id: signIn.id,
    status: signIn.status,
    supported_identifiers: identifierKinds(authentication),
    supported_first_factors: firstFactors(signIn, person?.user ?? null, authentication),
    supported_second_factors:
      signIn.status === 'needs_second_factor' && person !== null
        ? secondFactorsOf(person.user, authentication).map((factor) => factorResource(factor, null))
        : null,
    first_factor_verification: verificationResource(first ?? null),
    second_factor_verification: verificationResource(second ?? null),
    identifier: signIn.identifier,
    user_data: person === null || isSecret(signIn, person, authentication) ? null : userData(person.user, instance),
    created_session_id: signIn.createdSessionId,
    abandon_at: signIn.abandonAt,
  }
}

/** Whether the account behind the identifier, if there is one, is still a secret. */
function isSecret({ status }: SignIn, { isPhantom }: Person, settings: AuthenticationSettings): boolean {
  return isPhantom || (settings.enumerationProtection && status === 'needs_first_factor')
}

function firstFactors(
  { status, identifier }: SignIn,
  user: User | null,
  settings: AuthenticationSettings,
): readonly object[] | null {
  if (user === null || status === 'complete') return null
  const shown = settings.enumerationProtection ? unrevealing(user, identifier, settings) : user
  return firstFactorsOf(shown, settings).map((factor) => factorResource(factor, identifier))
}

/** Where the instance does not tell about accounts, hers looks like anybody's with the same identifier. */
function unrevealing(user: User, identifier: string | null, settings: AuthenticationSettings): User {
  return {
    ...user,
    passwordEnabled: settings.password !== 'off',
    emailAddresses: user.emailAddresses.filter(({ emailAddress }) => emailAddress === identifier),
    externalAccounts: [],
    phoneNumbers: user.phoneNumbers.filter(({ phoneNumber }) => phoneNumber === identifier),
  }
}

/** A factor; `shown` is the identifier that the browser knows in full already. */
export function factorResource(factor: Factor, shown: string | null): object {
  const { strategy, identifier, emailAddressId, phoneNumberId, primary, isDefault } = factor
  return {
    strategy,
    ...(identifier !== undefined && {
      safe_identifier: identifier === shown ? identifier : maskedIdentifier(identifier),
    }),
    ...(emailAddressId !== undefined && { email_address_id: emailAddressId }),
    ...(phoneNumberId !== undefined && { phone_number_id: phoneNumberId }),
    ...(primary !== undefined && { primary }),
    ...(isDefault !== undefined && { default: isDefault }),
  }
}

function userData(user: User, { store }: Instance): object {
  return {
    first_name: user.firstName,
    last_name: user.lastName,
    image_url: store.imageUrlOf(user.id, user.imageId),
    has_image: user.imageId !== null,
  }
}
