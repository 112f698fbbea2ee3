import { expect, test } from 'vitest'

import { idOf, newId } from './ids.ts'

test('an id is a prefix and 27 base62 characters', () => {
  expect(newId('user')).toMatch(/^user_[0-9A-Za-z]{27}$/)
  expect(idOf('org', 0, new Uint8Array(16))).toBe(`org_${'0'.repeat(27)}`)
  expect(idOf('org', (1_400_000_000 + 0xff_ff_ff_ff) * 1000, new Uint8Array(16).fill(255))).toBe(
    'org_aWgEPTl1tmebfsQzFP4bxwgy80V',
  )
})

test('ids of later seconds sort later', () => {
  const random = new Uint8Array(16).fill(255)
  const earlier = idOf('sess', 1_700_000_000_000, random)
  const later = idOf('sess', 1_700_000_001_000, new Uint8Array(16))
  expect(earlier < later).toBe(true)
})
