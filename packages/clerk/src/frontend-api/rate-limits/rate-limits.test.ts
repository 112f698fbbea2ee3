import { expect, test } from 'vitest'

import { isClerkRefusal } from '../../refusal/clerk-refusal.ts'
import { rateLimits } from './rate-limits.ts'

const attempt = { method: 'POST', path: '/v1/client/sign_ins/:sign_in_id/attempt_first_factor' } as const

/** How many of a thousand requests are let through. */
function taken(
  isDevelopment: boolean,
  endpoint: Parameters<ReturnType<typeof rateLimits>>[1],
  address: string,
): number {
  const requireRate = rateLimits(isDevelopment)
  let passed = 0
  for (let request = 0; request < 1000; request += 1) {
    try {
      requireRate(address, endpoint, 0)
      passed += 1
    } catch (error) {
      if (!isClerkRefusal(error) || error.code !== 'too_many_requests') throw error
    }
  }
  return passed
}

test.each([
  ['an attempt', false, attempt, '203.0.113.9', 3],
  ['an attempt from a household', false, attempt, '2001:db8::9', 3],
  ['an attempt from what may be a proxy', false, attempt, '10.1.2.3', 300],
  ['an attempt in development', true, attempt, '127.0.0.1', 300],
  ['a new sign-in', false, { method: 'POST', path: '/v1/client/sign_ins' }, '203.0.113.9', 5],
  ['a new sign-up', false, { method: 'POST', path: '/v1/client/sign_ups' }, '203.0.113.9', 5],
  ['a changed sign-up', false, { method: 'PATCH', path: '/v1/client/sign_ups/:sign_up_id' }, '203.0.113.9', 5],
  ['a code to send', false, { method: 'POST', path: '/v1/me/email_addresses/:id/prepare_verification' }, '9.9.9.9', 5],
  ['the client', false, { method: 'GET', path: '/v1/client' }, '203.0.113.9', 1000],
  ['a token', false, { method: 'POST', path: '/v1/client/sessions/:session_id/tokens' }, '203.0.113.9', 1000],
] as const)('%s', (_what, isDevelopment, endpoint, address, expected) => {
  expect(taken(isDevelopment, endpoint, address)).toBe(expected)
})
