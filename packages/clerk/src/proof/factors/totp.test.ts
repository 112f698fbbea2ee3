import { expect, test } from 'vitest'

import { newTotpSecret, totpStep, totpUri } from './totp.ts'

/** The secret of RFC 6238's test vectors, in base32. */
const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'

test.each([
  [59_000, '287082'],
  [1_111_111_109_000, '081804'],
  [20_000_000_000_000, '353130'],
])('at %d the code is %s, as RFC 6238 has it', (now, code) => {
  const step = Math.floor(now / 30_000)
  expect(totpStep(secret, code, now)).toBe(step)
  expect(totpStep(secret, code, now + 30_000)).toBe(step)
  expect(totpStep(secret, code, now + 90_000)).toBeNull()
})

test.each(['', '28708', '2870822', ' 287082', '287083'])('%j is no code of it', (code) => {
  expect(totpStep(secret, code, 59_000)).toBeNull()
})

test('a new secret is base32 of twenty bytes, and its address names who issued it', () => {
  const fresh = newTotpSecret()
  expect(fresh).toMatch(/^[A-Z2-7]{32}$/)
  const uri = new URL(totpUri(fresh, 'Tasks', 'ada@example.com'))
  expect([uri.protocol, uri.searchParams.get('secret'), uri.searchParams.get('issuer')]).toEqual([
    'otpauth:',
    fresh,
    'Tasks',
  ])
})
