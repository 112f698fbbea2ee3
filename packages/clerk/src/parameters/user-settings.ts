// Reads a change of how people sign up and in, in the words of the configuration file.

import { ClerkRefusal } from '../refusal/clerk-refusal.ts'
import type { Asked, AuthenticationSettings } from '../state/instance/authentication-settings.ts'
import {
  type Body,
  optionalChoice,
  optionalFlag,
  optionalInteger,
  optionalObject,
  requireBody,
  sent,
  texts,
} from './body.ts'

const asked: readonly Asked[] = ['off', 'optional', 'required']
const strategies = ['email_code', 'email_link'] as const

/** Settings with a body's changes laid over. Refuses what it does not know, and providers that are not among `social`. */
export function changedUserSettings(
  body: unknown,
  before: AuthenticationSettings,
  social: readonly string[],
): AuthenticationSettings {
  const read = requireBody(body, parameters)
  return {
    ...before,
    ...sent({ ...identifiersOf(read, before), ...namesOf(read), ...factorsOf(read, social), ...accessOf(read) }),
    lockout: lockoutOf(read, before.lockout),
  }
}

const parameters = [
  'email_address',
  'phone_number',
  'username',
  'first_name',
  'last_name',
  'password',
  'password_min_length',
  'authenticator_app',
  'backup_code',
  'passkey',
  'social',
  'second_factor_required',
  'sign_up_mode',
  'preferred_strategy',
  'single_session',
  'reverification',
  'delete_self',
  'create_organization',
  'enumeration_protection',
  'lockout',
]

function identifiersOf(
  body: Body,
  before: AuthenticationSettings,
): Pick<AuthenticationSettings, 'emailAddress' | 'phoneNumber' | 'username'> {
  const email = tableOf(body, 'email_address', ['asked', 'sign_in', 'strategies', 'verify_at_sign_up'])
  const phone = tableOf(body, 'phone_number', ['asked', 'sign_in', 'verify_at_sign_up', 'second_factor'])
  const username = tableOf(body, 'username', ['asked', 'sign_in'])
  return {
    emailAddress: {
      ...before.emailAddress,
      ...identifierOf(email),
      ...sent({ strategies: strategiesOf(email), verifyAtSignUp: optionalFlag(email, 'verify_at_sign_up') }),
    },
    phoneNumber: {
      ...before.phoneNumber,
      ...identifierOf(phone),
      ...sent({
        verifyAtSignUp: optionalFlag(phone, 'verify_at_sign_up'),
        secondFactor: optionalFlag(phone, 'second_factor'),
      }),
    },
    username: { ...before.username, ...identifierOf(username) },
  }
}

function identifierOf(table: Body): { asked?: Asked; signIn?: boolean } {
  return sent({ asked: optionalChoice(table, 'asked', asked), signIn: optionalFlag(table, 'sign_in') })
}

function namesOf(body: Body): object {
  return { firstName: optionalChoice(body, 'first_name', asked), lastName: optionalChoice(body, 'last_name', asked) }
}

function factorsOf(body: Body, social: readonly string[]): object {
  return {
    password: optionalChoice(body, 'password', asked),
    passwordMinLength: optionalInteger(body, 'password_min_length', 8, 72) ?? undefined,
    authenticatorApp: optionalFlag(body, 'authenticator_app'),
    backupCode: optionalFlag(body, 'backup_code'),
    passkey: optionalFlag(body, 'passkey'),
    social: body['social'] === undefined ? undefined : listOf(body, 'social', social),
    secondFactorRequired: optionalFlag(body, 'second_factor_required'),
  }
}

function accessOf(body: Body): object {
  return {
    signUpMode: optionalChoice(body, 'sign_up_mode', ['public', 'restricted', 'waitlist']),
    preferredStrategy: optionalChoice(body, 'preferred_strategy', ['password', 'otp']),
    singleSession: optionalFlag(body, 'single_session'),
    reverification: optionalFlag(body, 'reverification'),
    deleteSelf: optionalFlag(body, 'delete_self'),
    createOrganization: optionalFlag(body, 'create_organization'),
    enumerationProtection: optionalFlag(body, 'enumeration_protection'),
  }
}

function lockoutOf(body: Body, before: AuthenticationSettings['lockout']): AuthenticationSettings['lockout'] {
  const table = tableOf(body, 'lockout', ['attempts', 'minutes'])
  return {
    attempts: optionalInteger(table, 'attempts', 1, 1000) ?? before.attempts,
    minutes: optionalInteger(table, 'minutes', 1, 525_600) ?? before.minutes,
  }
}

function strategiesOf(body: Body): AuthenticationSettings['emailAddress']['strategies'] | undefined {
  return body['strategies'] === undefined ? undefined : listOf(body, 'strategies', strategies)
}

function listOf<Choice extends string>(body: Body, param: string, allowed: readonly Choice[]): readonly Choice[] {
  const chosen = texts(body, param).map((value) => {
    const choice = allowed.find((candidate) => candidate === value)
    if (choice === undefined) throw new ClerkRefusal('form_param_value_invalid', { param, value, allowed })
    return choice
  })
  return [...new Set(chosen)]
}

function tableOf(body: Body, param: string, known: readonly string[]): Body {
  return requireBody(optionalObject(body, param) ?? {}, known)
}
