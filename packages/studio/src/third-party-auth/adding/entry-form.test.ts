import { expect, test } from 'vitest'

import { entryOf, problemsOf, textsOf } from './entry-form.ts'
import { providerOf, ruleFields } from './providers.ts'

const { fields } = providerOf('auth0')

test('what must be filled in is asked for, and what need not is left out', () => {
  expect(problemsOf(fields, { tenant: ' ' })).toEqual({ tenant: 'Auth0 tenant must be filled in.' })
  expect(problemsOf(fields, { tenant: 't' })).toEqual({})
  expect(entryOf(fields, { tenant: ' t ', tenant_region: '' })).toEqual({ tenant: 't' })
})

test('lists are separated by commas, and what was emptied is taken out', () => {
  const texts = { allowed_roles: 'authenticated, , accountant', audience: '' }
  expect(entryOf(ruleFields, texts, true)).toEqual({
    default_role: null,
    allowed_roles: ['authenticated', 'accountant'],
    audience: null,
  })
})

test('what the configuration says fills the form', () => {
  expect(textsOf(ruleFields, { default_role: 'anon', allowed_roles: ['a', 'b'], audience: 'x' })).toEqual({
    default_role: 'anon',
    allowed_roles: 'a, b',
    audience: 'x',
  })
})
