import { expect, test } from 'vitest'

import { profileOf, withListedEmail } from './external-profile.ts'

const nobody = {
  providerUserId: '1',
  emailAddress: null,
  emailVerified: null,
  firstName: null,
  lastName: null,
  username: null,
  imageUrl: null,
}

test.each([
  [
    { sub: '1', email: 'Ada@Example.com', email_verified: true, given_name: 'Ada', family_name: 'Lovelace' },
    { emailAddress: 'ada@example.com', emailVerified: true, firstName: 'Ada', lastName: 'Lovelace' },
  ],
  [{ sub: '1', email: 'ada@example.com' }, { emailAddress: 'ada@example.com' }],
  [{ sub: '1', email_verified: 'true' }, { emailVerified: true }],
  [{ sub: '1', email_verified: 'false' }, { emailVerified: false }],
  [
    { id: 1, login: 'ada', name: 'Ada King Lovelace', avatar_url: 'https://example.com/a.png' },
    { firstName: 'Ada', lastName: 'King Lovelace', username: 'ada', imageUrl: 'https://example.com/a.png' },
  ],
  [{ sub: '1', name: '  ' }, {}],
])('claims %j are read as %j', (claims, read) => {
  expect(profileOf(claims)).toEqual({ ...nobody, ...read })
})

test.each([{}, { sub: '' }, { sub: null }, { sub: {} }])('claims %j name nobody', (claims) => {
  expect(profileOf(claims)).toBeNull()
})

test('a list of addresses says which is primary and whether it is verified', () => {
  const listed = [
    { email: 'old@example.com', primary: false, verified: true },
    { email: 'Ada@example.com', primary: true, verified: false },
  ]
  expect(withListedEmail(nobody, listed)).toMatchObject({ emailAddress: 'ada@example.com', emailVerified: false })
  expect(withListedEmail(nobody, [])).toBe(nobody)
  expect(withListedEmail(nobody, { message: 'Not found' })).toBe(nobody)
})
