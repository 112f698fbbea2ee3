// The people of a stand-in provider: a few ready-made ones, and whoever is typed into its form.

import { createHash } from 'node:crypto'

import type { JsonObject } from '../../tokens/json.ts'

export interface FakePerson {
  readonly emailAddress: string
  readonly emailVerified: boolean
  readonly firstName: string
  readonly lastName: string
}

/** One of them has an address that the provider does not vouch for. */
export const readyMadePeople: readonly FakePerson[] = [
  { emailAddress: 'ada@example.com', emailVerified: true, firstName: 'Ada', lastName: 'Lovelace' },
  { emailAddress: 'grace@example.com', emailVerified: true, firstName: 'Grace', lastName: 'Hopper' },
  { emailAddress: 'alan@example.com', emailVerified: false, firstName: 'Alan', lastName: 'Turing' },
]

/** What the provider says of a person for so many scopes. The same address is the same person each time. */
export function fakeClaims(person: FakePerson, scope: string, frontendApiUrl: string): JsonObject {
  const scopes = new Set(scope.split(' '))
  const { emailAddress, emailVerified, firstName, lastName } = person
  const sub = createHash('sha256').update(emailAddress).digest('hex').slice(0, 21)
  return {
    sub,
    ...(scopes.has('email') && { email: emailAddress, email_verified: emailVerified }),
    ...(scopes.has('profile') && {
      name: `${firstName} ${lastName}`.trim(),
      given_name: firstName,
      family_name: lastName,
      preferred_username: emailAddress.split('@')[0] ?? '',
      picture: `${frontendApiUrl}/avatars/${sub}.svg`,
    }),
  }
}
