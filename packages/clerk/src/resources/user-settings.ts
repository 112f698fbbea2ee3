// How people sign up and in, as our own part of the Backend API prints it: in the words of the configuration file.

import type { AuthenticationSettings } from '../state/instance/authentication-settings.ts'

interface Beside {
  /** Settings that differ from what is configured, by their names here. */
  readonly changed: readonly string[]
  readonly providers: readonly object[]
}

/** The settings with what they differ in from the configuration, and the providers there are to choose. */
export function userSettingsResource(settings: AuthenticationSettings, { changed, providers }: Beside): object {
  const { emailAddress, phoneNumber, username } = settings
  return {
    object: 'user_settings',
    email_address: {
      asked: emailAddress.asked,
      sign_in: emailAddress.signIn,
      strategies: emailAddress.strategies,
      verify_at_sign_up: emailAddress.verifyAtSignUp,
    },
    phone_number: {
      asked: phoneNumber.asked,
      sign_in: phoneNumber.signIn,
      verify_at_sign_up: phoneNumber.verifyAtSignUp,
      second_factor: phoneNumber.secondFactor,
    },
    username: { asked: username.asked, sign_in: username.signIn },
    ...plain(settings),
    lockout: settings.lockout,
    attempts_per_minute: settings.attemptsPerMinute,
    social_providers: providers,
    changed: changed.map(snakeCase),
  }
}

function plain(settings: AuthenticationSettings): object {
  return {
    first_name: settings.firstName,
    last_name: settings.lastName,
    password: settings.password,
    password_min_length: settings.passwordMinLength,
    authenticator_app: settings.authenticatorApp,
    backup_code: settings.backupCode,
    passkey: settings.passkey,
    social: settings.social,
    second_factor_required: settings.secondFactorRequired,
    sign_up_mode: settings.signUpMode,
    preferred_strategy: settings.preferredStrategy,
    single_session: settings.singleSession,
    reverification: settings.reverification,
    delete_self: settings.deleteSelf,
    create_organization: settings.createOrganization,
    enumeration_protection: settings.enumerationProtection,
  }
}

function snakeCase(field: string): string {
  return field.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}
