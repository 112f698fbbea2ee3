import { expect, it } from 'vitest'

import { laterThan } from './save-migration.ts'

const now = Date.UTC(2026, 0, 31, 23, 59, 59, 999)

it.each([
  ['the time itself', [], '20260131235959'],
  ['the time itself, whatever is no time', ['1', 'x', '20250101000000'], '20260131235959'],
  ['a second after one of the same time', ['20260131235959'], '20260201000000'],
  ['a second after a later one', ['20271231235959', '20260101000000'], '20280101000000'],
  ['one more than digits that are no time', ['99999999999998'], '99999999999999'],
])('a new version is %s', (_, versions, version) => {
  expect(laterThan(now, versions)).toBe(version)
})
