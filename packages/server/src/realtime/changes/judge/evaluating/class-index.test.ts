import { describe, expect, test } from 'vitest'

import type { Residual } from '../programs/reading/residual.ts'
import { ClassIndex } from './class-index.ts'
import type { Value } from './class-values.ts'
import { lookupsOf } from './lookup.ts'

const mine: Residual = { kind: 'equal', column: 0, value: 0 }
const ours: Residual = { kind: 'member', column: 1, value: 1 }
const isPublic: Residual = { kind: 'column', column: 2 }
const isAdmin: Residual = { kind: 'value', value: 2 }
const opaque: Residual = { kind: 'opaque' }

interface Named {
  readonly name: string
  readonly values: readonly Value[]
}

const named = (name: string, user: string | null, groups: readonly string[], admin: string | null): Named => ({
  name,
  values: [user, { texts: new Set(groups), hasNull: false }, admin],
})

const members = [named('a', 'user_a', ['x', 'y'], 'f'), named('b', 'user_b', ['x'], 't'), named('c', null, [], null)]

function found(conditions: readonly Residual[], row: readonly (string | null | undefined)[]): string {
  const index = new ClassIndex<Named>(
    lookupsOf(conditions, () => false),
    [],
  )
  for (const member of members) index.add(member)
  return [...index.candidates(row)].map(({ name }) => name).join('')
}

describe('classes are found', () => {
  test('by the value that a column is compared with', () => {
    expect(found([mine], ['user_a', null, 'f'])).toBe('a')
    expect(found([mine], ['nobody', null, 'f'])).toBe('')
    expect(found([mine], [null, null, 'f'])).toBe('')
  })

  test('by each element of an array', () => {
    expect(found([ours], [null, 'x', 'f'])).toBe('ab')
    expect(found([ours], [null, 'y', 'f'])).toBe('a')
  })

  test('by the narrower of two conditions', () => {
    expect(found([isPublic, mine], ['user_b', null, 't'])).toBe('b')
    expect(found([opaque, mine], ['user_b', null, 't'])).toBe('b')
  })

  test('by any of several that suffice', () => {
    const either: Residual = { kind: 'any', parts: [mine, ours, isAdmin] }
    expect(found([either], ['user_a', 'none', 'f'])).toBe('ab')
    expect(found([{ kind: 'any', parts: [isPublic, mine] }], ['user_a', null, 't'])).toBe('abc')
    expect(found([{ kind: 'any', parts: [isPublic, mine] }], ['user_a', null, 'f'])).toBe('a')
  })

  test('all of them where the row does not carry the column, or no lookup serves', () => {
    expect(found([mine], [undefined, null, 'f'])).toBe('abc')
    expect(found([opaque], ['user_a', null, 'f'])).toBe('abc')
    expect(found([{ kind: 'not', part: mine }], ['user_a', null, 'f'])).toBe('abc')
    expect(found([{ kind: 'any', parts: [mine, opaque] }], ['user_a', null, 'f'])).toBe('abc')
  })
})

test('a class that was removed is found no more', () => {
  const index = new ClassIndex<Named>(
    lookupsOf([mine], () => false),
    [],
  )
  const [first, second] = members
  if (first === undefined || second === undefined) throw new Error('no members')
  index.add(first)
  index.add(second)
  index.remove(first)
  expect([...index.candidates(['user_a'])]).toEqual([])
  expect([...index.candidates(['user_b'])]).toEqual([second])
})
