import { expect, test } from 'vitest'

import { beginnings, bodyOf, formOf, type JwtTemplate, problemsOf } from './template.ts'

const kept: JwtTemplate = {
  id: 'jtmp_1',
  name: 'supabase',
  claims: { aud: 'authenticated' },
  lifetime: 60,
  allowed_clock_skew: 5,
  custom_signing_key: true,
  signing_algorithm: 'HS256',
  created_at: 0,
  updated_at: 0,
}

test('the Supabase template lacks nothing but the secret', () => {
  expect(problemsOf(beginnings.supabase, null)).toEqual({ signingKey: expect.stringContaining('secret') })
  const whole = { ...beginnings.supabase, signingKey: 'of-the-project' }
  expect(problemsOf(whole, null)).toEqual({})
  expect(bodyOf(whole, null)).toMatchObject({
    name: 'supabase',
    custom_signing_key: true,
    signing_algorithm: 'HS256',
    signing_key: 'of-the-project',
    claims: { aud: 'authenticated', role: 'authenticated' },
  })
})

test('a key that was saved stays while neither it nor the algorithm is changed', () => {
  expect(problemsOf(formOf(kept), kept)).toEqual({})
  expect(bodyOf(formOf(kept), kept)).not.toHaveProperty('custom_signing_key')
  expect(problemsOf({ ...formOf(kept), algorithm: 'RS256' }, kept)).toEqual({
    signingKey: expect.stringContaining('PEM'),
  })
  expect(bodyOf({ ...formOf(kept), custom: false }, kept)).toMatchObject({ custom_signing_key: false })
})

test('each bad field is told by itself', () => {
  const form = { ...beginnings.blank, name: 'not a name', lifetime: '29', skew: 'x', claims: '{"iss": 1}' }
  expect(Object.keys(problemsOf(form, null))).toEqual(['name', 'lifetime', 'skew', 'claims'])
})
