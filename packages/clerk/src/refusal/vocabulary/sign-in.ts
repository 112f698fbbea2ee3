// Signing in and up: who somebody is, whether she may, and where she stands in it.

import { type Nothing, type Rendering, type Renderings, atParam } from '../rendering.ts'

export interface SignInRefusals {
  form_identifier_not_found: Nothing
  form_password_incorrect: Nothing
  form_password_compromised: Nothing
  strategy_for_user_invalid: Nothing
  session_exists: Nothing
  identifier_already_signed_in: { readonly sessionId: string }
  user_locked: { readonly seconds: number }
  client_state_invalid: Nothing
  invitation_account_not_exists: Nothing
  invitation_account_exists: Nothing
  sign_up_mode_restricted: Nothing
  sign_up_restricted_waitlist: Nothing
  account_transfer_invalid: Nothing
}

export const signInRenderings: Renderings<SignInRefusals> = {
  form_identifier_not_found: () => atParam('identifier', "Couldn't find your account."),
  form_password_incorrect: () => atParam('password', 'Password is incorrect. Try again, or use another method.'),
  form_password_compromised: () =>
    atParam(
      'password',
      'Password compromised',
      'Your password may be compromised. Continue with another method; you will be asked for a new password then.',
    ),
  strategy_for_user_invalid: () =>
    bad('The verification strategy is not valid for this account', 'This account cannot be verified in this way.'),
  session_exists: () =>
    bad('Session already exists', "You're currently in single session mode. Sign out before you sign in again."),
  identifier_already_signed_in: ({ sessionId }) => ({
    ...bad("You're already signed in", "You're already signed in"),
    meta: { session_id: sessionId },
  }),
  user_locked: ({ seconds }) => ({
    status: 403,
    message: 'Account locked',
    longMessage: `Your account is locked. You will be able to try again in ${duration(seconds)}. For more information, please contact support.`,
    meta: { lockout_expires_in_seconds: seconds },
  }),
  client_state_invalid: () =>
    bad(
      'Invalid action',
      'We were unable to complete the action for this client. If the problem persists, please contact support.',
    ),
  invitation_account_not_exists: () => ({
    status: 404,
    message: 'account does not exist',
    longMessage: 'There is no account for the invited address yet. Sign up with the invitation instead.',
  }),
  invitation_account_exists: () =>
    bad('account already exists', 'There is an account for the invited address already. Sign in instead.'),
  sign_up_mode_restricted: () => ({
    status: 403,
    message: 'Sign ups are restricted',
    longMessage: 'Access to this application is restricted: an invitation is needed to sign up.',
  }),
  sign_up_restricted_waitlist: () => ({
    status: 403,
    message: 'Sign ups are restricted to the waitlist',
    longMessage: 'Sign ups are currently unavailable. Join the waitlist to be notified when access becomes available.',
  }),
  account_transfer_invalid: () =>
    bad('Invalid account transfer', 'There is no account at another provider to go on with on this client.'),
}

function bad(message: string, longMessage: string): Rendering {
  return { status: 400, message, longMessage }
}

function duration(seconds: number): string {
  const minutes = Math.ceil(seconds / 60)
  return minutes === 1 ? '1 minute' : `${minutes} minutes`
}
