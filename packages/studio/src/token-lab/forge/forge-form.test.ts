import { expect, test } from 'vitest'

import { bodyOf, emptyDraft, problemsOf } from './forge-form.ts'

test('what is left empty is left out', () => {
  expect(bodyOf({ ...emptyDraft, userId: 'user_1' })).toEqual({
    user_id: 'user_1',
    factor_verification_age: [0, -1],
    fault: 'none',
  })
})

test('a role makes a membership up, and permissions go with it', () => {
  const draft = {
    ...emptyDraft,
    madeUp: true,
    organizationId: 'org_1',
    role: 'org:admin',
    permissions: 'org:a:b, org:c:d',
  }
  expect(bodyOf(draft, 'expired')).toMatchObject({
    sub: 'user_made_up',
    organization_id: 'org_1',
    role: 'org:admin',
    permissions: ['org:a:b', 'org:c:d'],
    fault: 'expired',
  })
  expect(bodyOf({ ...draft, role: '' })).not.toHaveProperty('permissions')
})

test('the rest goes as the instance takes it', () => {
  const draft = { ...emptyDraft, userId: 'user_1', version: 'v1' as const, lifetime: '90', claims: '{"plan": "pro"}' }
  expect(bodyOf({ ...draft, template: 'supabase', secondFactor: '5' })).toMatchObject({
    version: 'v1',
    expires_in_seconds: 90,
    claims: { plan: 'pro' },
    template: 'supabase',
    factor_verification_age: [0, 5],
  })
})

test('what cannot be sent is told at its field', () => {
  expect(Object.keys(problemsOf(emptyDraft))).toEqual(['userId'])
  const wrong = {
    ...emptyDraft,
    madeUp: true,
    sub: ' ',
    firstFactor: 'x',
    secondFactor: '-2',
    lifetime: '0',
    claims: '[1]',
  }
  expect(Object.keys(problemsOf(wrong))).toEqual(['sub', 'firstFactor', 'secondFactor', 'lifetime', 'claims'])
  expect(problemsOf({ ...emptyDraft, madeUp: true })).toEqual({})
})
