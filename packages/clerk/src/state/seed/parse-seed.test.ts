import { expect, test } from 'vitest'

import { parseSeed } from './parse-seed.ts'

test('a seed is read in the words of the Backend API', () => {
  const seed = parseSeed({
    users: [{ email_address: 'Ada@Example.com', password: 'correct horse', public_metadata: { plan: 'pro' } }],
    organizations: [
      {
        name: 'Acme',
        slug: 'acme',
        members: [{ user: 'ada@example.com' }],
        invitations: [{ email_address: 'Grace@example.com' }],
        domains: [{ name: 'Acme.example', enrollment_mode: 'automatic_suggestion' }],
      },
    ],
    roles: [{ key: 'org:billing', permissions: ['org:invoices:read'] }],
    session_claims: { plan: '{{user.public_metadata.plan}}' },
  })
  expect(seed.users[0]).toMatchObject({ emailAddresses: ['ada@example.com'], publicMetadata: { plan: 'pro' } })
  expect(seed.organizations[0]?.members).toEqual([{ user: 'ada@example.com', role: 'org:member' }])
  expect(seed.organizations[0]).toMatchObject({
    invitations: [{ emailAddress: 'grace@example.com', role: 'org:member' }],
    domains: [{ name: 'acme.example', enrollmentMode: 'automatic_suggestion' }],
  })
  expect(seed.roles[0]).toMatchObject({ key: 'org:billing', name: 'org:billing' })
  expect(seed.jwtTemplates).toEqual([])
})

test('an empty seed asks for nothing', () => {
  expect(parseSeed({})).toEqual({ users: [], organizations: [], roles: [], jwtTemplates: [], sessionClaims: null })
})

test.each<[where: string, seed: unknown]>([
  ['seed', []],
  ['seed.people', { people: [] }],
  ['users', { users: {} }],
  ['users\\[0\\]', { users: [{ first_name: 'Ada' }] }],
  ['users\\[0\\].mail', { users: [{ mail: 'x' }] }],
  ['users\\[1\\].email_address', { users: [{ username: 'adal' }, { email_address: 4 }] }],
  ['organizations\\[0\\].slug', { organizations: [{ name: 'Acme' }] }],
  ['organizations\\[0\\].members\\[0\\].user', { organizations: [{ name: 'A', slug: 'a', members: [{}] }] }],
  [
    'organizations\\[0\\].invitations\\[0\\].email_address',
    { organizations: [{ name: 'A', slug: 'a', invitations: [{}] }] },
  ],
  [
    'organizations\\[0\\].domains\\[0\\].enrollment_mode',
    { organizations: [{ name: 'A', slug: 'a', domains: [{ name: 'a.example', enrollment_mode: 'x' }] }] },
  ],
  ['roles\\[0\\].key', { roles: [{ key: 'billing' }] }],
  ['jwt_templates\\[0\\].lifetime', { jwt_templates: [{ name: 'x', claims: {}, lifetime: 5 }] }],
])('a mistake is refused where it stands: %s', (where, seed) => {
  expect(() => parseSeed(seed)).toThrow(new RegExp(`seed_invalid: ${where}: expected`))
})
