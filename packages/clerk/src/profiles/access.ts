// Profiles that differ in who gets in, with what, and for how many sessions at a time.

import type { Profile } from './profile.ts'

/** Nobody signs up without an invitation. */
export const restricted: Profile = { settings: { authentication: { signUpMode: 'restricted' } } }

/** Whoever wants to sign up is put on a list. */
export const waitlist: Profile = { settings: { authentication: { signUpMode: 'waitlist' } } }

/** Passkeys beside the password. */
export const passkeys: Profile = { settings: { authentication: { passkey: true } } }

/** Everybody has to set up a second factor: a session task until it is done. */
export const secondFactorRequired: Profile = {
  settings: { authentication: { secondFactorRequired: true, authenticatorApp: true, backupCode: true } },
}

/** One session a browser. */
export const singleSession: Profile = { settings: { authentication: { singleSession: true } } }

/** Session tokens of version 1, with the organization in flat claims. */
export const v1Tokens: Profile = { settings: { tokenVersion: 'v1' } }
