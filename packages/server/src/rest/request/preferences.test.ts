import { describe, expect, test } from 'vitest'
import { parsePreferences } from './preferences.ts'

const nothing = parsePreferences(undefined, true)

describe('Prefer', () => {
  test.each([
    [
      'resolution=ignore-duplicates, count=exact, timezone=America/Los_Angeles, max-affected=100',
      { resolution: 'ignore-duplicates', count: 'exact', timezone: 'America/Los_Angeles', maxAffected: 100 },
    ],
    ['tx=commit, tx=rollback', { transaction: 'commit' }],
    [
      'count=exact,    tx=commit   ,return=representation , missing=default, handling=strict, anything',
      {
        count: 'exact',
        transaction: 'commit',
        return: 'representation',
        missing: 'default',
        handling: 'strict',
        invalid: ['anything'],
      },
    ],
    ['handling=strict, something, else', { handling: 'strict', invalid: ['something', 'else'] }],
    ['Count=exact', { invalid: ['Count=exact'] }],
    ['max-affected=lots', {}],
    ['return=headers-only', { return: 'headers-only' }],
  ])('%s', (header, expected) => {
    expect(parsePreferences(header, true)).toEqual({ ...nothing, ...expected })
  })

  test('tx is ignored, not invalid, where the operator does not allow it', () => {
    expect(parsePreferences('tx=rollback', false)).toEqual(nothing)
  })
})
