import { expect, test } from 'vitest'

import { faults, faultyClaims, tamperedClaims } from './faults.ts'

const now = 1_800_000_000
const claims = { iss: 'https://a.test', sub: 'user_1', role: 'authenticated', iat: now, nbf: now - 10, exp: now + 60 }

test('an expired token is over for an hour, whatever its lifetime', () => {
  expect(faultyClaims(claims, 'expired', now)).toMatchObject({ exp: now - 3600, iat: now - 3660, nbf: now - 3670 })
  expect(faultyClaims({ ...claims, exp: now + 9000 }, 'expired', now)).toMatchObject({ exp: now - 3600 })
})

test('times lie an hour ahead and keep the token alive until then', () => {
  expect(faultyClaims(claims, 'not_yet_valid', now)).toMatchObject({ iat: now, nbf: now + 3600, exp: now + 3660 })
  expect(faultyClaims(claims, 'issued_in_future', now)).toMatchObject({ iat: now + 3600, exp: now + 3660 })
})

test('claims are missing or say what they may not', () => {
  expect(faultyClaims(claims, 'no_expiry', now)).not.toHaveProperty('exp')
  expect(faultyClaims(claims, 'no_role', now)).not.toHaveProperty('role')
  expect(faultyClaims(claims, 'role_service_role', now)).toMatchObject({ role: 'service_role' })
  expect(faultyClaims(claims, 'wrong_issuer', now)).toMatchObject({ iss: 'https://stranger.invalid' })
  expect(tamperedClaims(claims)).toEqual({ ...claims, sub: 'user_somebody_else' })
})

test('a fault of the signature leaves the claims alone', () => {
  const touched = faults.filter((fault) => faultyClaims(claims, fault, now) !== claims)
  expect(touched).toHaveLength(7)
  expect(touched).not.toContain('wrong_key')
})
