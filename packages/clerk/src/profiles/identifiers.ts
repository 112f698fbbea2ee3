// Profiles that differ in what people are known by and how they prove it.

import type { AuthenticationSettings } from '../state/instance/authentication-settings.ts'
import type { Profile } from './profile.ts'

const noEmailAddress: AuthenticationSettings['emailAddress'] = {
  asked: 'off',
  signIn: false,
  strategies: [],
  verifyAtSignUp: false,
}

/** A code by e-mail and nothing to remember. */
export const emailCodes: Profile = {
  settings: { authentication: { password: 'off', preferredStrategy: 'otp' } },
}

/** A link by e-mail and nothing to remember. */
export const emailLinks: Profile = {
  settings: {
    authentication: {
      emailAddress: { asked: 'required', signIn: true, strategies: ['email_link'], verifyAtSignUp: true },
      password: 'off',
      preferredStrategy: 'otp',
    },
  },
}

/** An address that is never verified, and a password: no message is ever sent. */
export const passwordsOnly: Profile = {
  settings: {
    authentication: {
      emailAddress: { asked: 'required', signIn: true, strategies: [], verifyAtSignUp: false },
      password: 'required',
      social: [],
    },
  },
}

/** A name of one's own choice and a password, and no address at all. */
export const usernames: Profile = {
  settings: {
    authentication: {
      emailAddress: noEmailAddress,
      username: { asked: 'required', signIn: true },
      password: 'required',
      social: [],
    },
  },
}

/** A code by text message and nothing to remember. */
export const phoneCodes: Profile = {
  settings: {
    authentication: {
      emailAddress: noEmailAddress,
      phoneNumber: { asked: 'required', signIn: true, verifyAtSignUp: true, secondFactor: false },
      password: 'off',
      preferredStrategy: 'otp',
      social: [],
    },
  },
}
