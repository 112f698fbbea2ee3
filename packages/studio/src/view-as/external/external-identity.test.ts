import { expect, test } from 'vitest'

import { externalIdentity } from './external-identity.ts'

test('an external user is authenticated, with her id and her claims', () => {
  expect(externalIdentity({ id: ' auth0|1 ', claims: '{"org_id": "org_1"}' })).toEqual({
    kind: 'identity',
    identity: {
      role: 'authenticated',
      claims: { sub: 'auth0|1', org_id: 'org_1', role: 'authenticated' },
      label: 'auth0|1',
    },
  })
})

test('a role among the claims is the role', () => {
  expect(externalIdentity({ id: 'a', claims: '{"role": "editor"}' })).toMatchObject({ identity: { role: 'editor' } })
})

test.each([
  ['', '', 'id'],
  ['a', '{"org_id"', 'claims'],
  ['a', '[]', 'claims'],
  ['a', 'null', 'claims'],
])('%j with %j is said to be wrong at its field', (id, claims, field) => {
  expect(externalIdentity({ id, claims })).toMatchObject({ kind: 'invalid', field })
})
