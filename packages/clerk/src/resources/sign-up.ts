// A sign-up as the browser that goes through it sees it.

import type { AuthenticationSettings } from '../state/instance/authentication-settings.ts'
import type { Instance } from '../state/instance/instance.ts'
import type { SignUp } from '../state/sessions/sign-ups.ts'
import type { Verification } from '../state/sessions/verifications.ts'
import { requirementsOf, type SignUpState } from '../directory/sign-ups/requirements.ts'
import { readSignUpState } from '../directory/sign-ups/sign-up-state.ts'
import { verificationResource } from './verification.ts'

/** The resource, with what is still to be done. */
export async function signUpResource(instance: Instance, signUp: SignUp): Promise<object> {
  const { authentication } = (await instance.snapshot()).settings
  const state = await readSignUpState(instance.store, signUp)
  const { required, optional, missing, unverified } = requirementsOf(state, authentication)
  return {
    object: 'sign_up_attempt',
    id: signUp.id,
    status: signUp.createdUserId === null ? 'missing_requirements' : 'complete',
    required_fields: required,
    optional_fields: optional,
    missing_fields: missing,
    unverified_fields: unverified,
    verifications: verificationsOf(state, authentication),
    username: signUp.username,
    email_address: signUp.emailAddress,
    phone_number: signUp.phoneNumber,
    web3_wallet: null,
    external_account_strategy: state.external?.strategy ?? null,
    external_account: null,
    password_enabled: signUp.passwordDigest !== null,
    has_password: signUp.passwordDigest !== null,
    first_name: signUp.firstName,
    last_name: signUp.lastName,
    unsafe_metadata: signUp.unsafeMetadata,
    public_metadata: {},
    custom_action: false,
    external_id: null,
    locale: signUp.locale,
    timezone: signUp.timezone,
    created_session_id: signUp.createdSessionId,
    created_user_id: signUp.createdUserId,
    abandon_at: signUp.abandonAt,
    legal_accepted_at: signUp.legalAcceptedAt,
  }
}

function verificationsOf({ signUp, email, phone, external }: SignUpState, settings: AuthenticationSettings): object {
  const { emailAddress, phoneNumber } = settings
  return {
    email_address:
      signUp.emailAddress === null || !emailAddress.verifyAtSignUp ? null : stepOf(email, emailAddress.strategies),
    phone_number: signUp.phoneNumber === null || !phoneNumber.verifyAtSignUp ? null : stepOf(phone, ['phone_code']),
    web3_wallet: null,
    external_account: verificationResource(external),
  }
}

/**
 * A verification and what comes next. Before it is prepared its strategy is null: the components take a strategy for
 * the sign that a message is on its way.
 */
function stepOf(verification: Verification | null, strategies: readonly string[]): object {
  const unprepared = {
    object: 'verification_otp',
    status: 'unverified',
    strategy: null,
    attempts: null,
    expire_at: null,
  }
  return {
    ...(verificationResource(verification) ?? unprepared),
    next_action: nextAction(verification),
    supported_strategies: strategies,
  }
}

function nextAction(verification: Verification | null): string {
  if (verification?.status === 'verified') return ''
  return verification?.status === 'unverified' ? 'needs_attempt' : 'needs_prepare'
}
