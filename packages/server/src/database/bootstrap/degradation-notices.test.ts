import { describe, expect, it } from 'vitest'

import type { Degradation } from './bootstrap.ts'
import { degradationNotices } from './degradation-notices.ts'

function lost(missing: string, feature: string, grant: string): Degradation {
  return { missing, feature, grant, reason: 'permission denied' }
}

describe('telling what is lost', () => {
  it('says each privilege once, with all its features and its one grant', () => {
    const degradations = [lost('A', 'one', 'grant a;'), lost('B', 'two', 'grant b;'), lost('A', 'three', 'grant a;')]
    expect(degradationNotices(degradations)).toEqual([
      'Without A this Postgres cannot give one; three. To grant it: grant a;',
      'Without B this Postgres cannot give two. To grant it: grant b;',
    ])
  })

  it('says a feature once that was missed twice', () => {
    expect(degradationNotices([lost('A', 'one', 'grant a;'), lost('A', 'one', 'grant a;')])).toEqual([
      'Without A this Postgres cannot give one. To grant it: grant a;',
    ])
  })

  it('lists grants that differ, a line each', () => {
    expect(degradationNotices([lost('A', 'one', 'grant a;'), lost('A', 'two', 'grant b; -- later')])).toEqual([
      'Without A this Postgres cannot give one; two. To grant it:\n  grant a;\n  grant b; -- later',
    ])
  })
})
