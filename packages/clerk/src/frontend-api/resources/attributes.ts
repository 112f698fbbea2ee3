// `user_settings.attributes`: for each identifier and factor whether it is asked for and what it is good for.

import type { Asked, AuthenticationSettings } from '../../state/instance/authentication-settings.ts'

interface Attribute {
  readonly enabled: boolean
  readonly required: boolean
  readonly used_for_first_factor: boolean
  readonly first_factors: readonly string[]
  readonly used_for_second_factor: boolean
  readonly second_factors: readonly string[]
  readonly verifications: readonly string[]
  readonly verify_at_sign_up: boolean
}

/** Every attribute Clerk knows of; the components fail on one that is missing. */
export function attributesOf(settings: AuthenticationSettings): Readonly<Record<string, Attribute>> {
  const { emailAddress, phoneNumber, username } = settings
  return {
    email_address: attribute(emailAddress.asked, {
      firstFactors: emailAddress.signIn ? emailAddress.strategies : [],
      verifications: emailAddress.strategies,
      verifyAtSignUp: emailAddress.verifyAtSignUp,
      identifies: emailAddress.signIn,
    }),
    phone_number: attribute(phoneNumber.asked, {
      firstFactors: phoneNumber.signIn ? ['phone_code'] : [],
      secondFactors: phoneNumber.secondFactor ? ['phone_code'] : [],
      verifications: ['phone_code'],
      verifyAtSignUp: phoneNumber.verifyAtSignUp,
      identifies: phoneNumber.signIn,
    }),
    username: attribute(username.asked, { identifies: username.signIn }),
    first_name: attribute(settings.firstName),
    last_name: attribute(settings.lastName),
    password: attribute(settings.password),
    web3_wallet: attribute('off'),
    authenticator_app: attribute(given(settings.authenticatorApp), { secondFactors: ['totp'] }),
    backup_code: attribute(given(settings.backupCode), { secondFactors: ['backup_code'] }),
    passkey: attribute(given(settings.passkey), { firstFactors: ['passkey'], verifications: ['passkey'] }),
  }
}

function given(enabled: boolean): Asked {
  return enabled ? 'optional' : 'off'
}

interface Uses {
  readonly firstFactors?: readonly string[]
  readonly secondFactors?: readonly string[]
  readonly verifications?: readonly string[]
  readonly verifyAtSignUp?: boolean
  /** Whether it is an identifier one can sign in with. */
  readonly identifies?: boolean
}

function attribute(asked: Asked, uses: Uses = {}): Attribute {
  const enabled = asked !== 'off'
  const firstFactors = enabled ? (uses.firstFactors ?? []) : []
  const secondFactors = enabled ? (uses.secondFactors ?? []) : []
  return {
    enabled,
    required: asked === 'required',
    used_for_first_factor: enabled && (uses.identifies === true || firstFactors.length > 0),
    first_factors: firstFactors,
    used_for_second_factor: secondFactors.length > 0,
    second_factors: secondFactors,
    verifications: enabled ? (uses.verifications ?? []) : [],
    verify_at_sign_up: enabled && uses.verifyAtSignUp === true,
  }
}
