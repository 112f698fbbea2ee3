// The profiles by the names that configuration and test suites use.

import { ClerkRefusal } from '../refusal/clerk-refusal.ts'
import { passkeys, restricted, secondFactorRequired, singleSession, v1Tokens, waitlist } from './access.ts'
import { emailCodes, emailLinks, passwordsOnly, phoneCodes, usernames } from './identifiers.ts'
import { customRoles, sessionTasks } from './organizations.ts'
import type { Profile } from './profile.ts'

const profiles = {
  'email-codes': emailCodes,
  'email-links': emailLinks,
  'passwords-only': passwordsOnly,
  usernames,
  'phone-codes': phoneCodes,
  restricted,
  waitlist,
  'custom-roles': customRoles,
  'session-tasks': sessionTasks,
  passkeys,
  'second-factor-required': secondFactorRequired,
  'single-session': singleSession,
  'v1-tokens': v1Tokens,
} as const satisfies Readonly<Record<string, Profile>>

export type ProfileName = keyof typeof profiles

/** All there are. */
export const profileNames = Object.keys(profiles) as readonly ProfileName[]

/** The profile of a name. Refuses a name that is none; `where` says which option held it. */
export function requireProfile(name: string, where: string): Profile {
  const found = profileNames.find((candidate) => candidate === name)
  if (found !== undefined) return profiles[found]
  throw new ClerkRefusal('option_invalid', { option: where, expected: `one of ${profileNames.join(', ')}` })
}
