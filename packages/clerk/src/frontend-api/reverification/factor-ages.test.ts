import { expect, test } from 'vitest'

import { staleFactor } from './factor-ages.ts'

const now = 1_000_000_000
const ago = (minutes: number) => now - minutes * 60_000

test.each([
  ['a fresh first factor', ago(9), null, false, null],
  ['a stale first factor', ago(10), null, false, 'first_factor'],
  ['a session that never verified one', null, null, false, 'first_factor'],
  ['a stale second factor beside a fresh first', ago(1), ago(11), true, 'second_factor'],
  ['a fresh second factor beside a stale first', ago(60), ago(1), true, null],
  ['a second factor that this session never showed', ago(1), null, true, null],
  ['the same, once the first factor is stale', ago(11), null, true, 'second_factor'],
  ['a second factor that was turned off since', ago(1), ago(60), false, null],
] as const)('%s', (_what, firstFactorVerifiedAt, secondFactorVerifiedAt, hasSecondFactor, expected) => {
  expect(staleFactor({ firstFactorVerifiedAt, secondFactorVerifiedAt }, hasSecondFactor, now)).toBe(expected)
})
