import { describe, expect, test } from 'vitest'

import { parseFilter } from './parse-filter.ts'

describe('a filter', () => {
  test('is one condition, or several joined by commas', () => {
    expect(parseFilter('id=eq.1')).toEqual([{ column: 'id', isNegated: false, operator: 'eq', value: '1' }])
    expect(parseFilter('id=gte.1,name=not.like.a%')).toEqual([
      { column: 'id', isNegated: false, operator: 'gte', value: '1' },
      { column: 'name', isNegated: true, operator: 'like', value: 'a%' },
    ])
  })

  test('takes values that hold what a filter is made of, in quotes', () => {
    const [first, second] = parseFilter(String.raw`a=eq."x,y=\"(\\",b=in.("1,2",3,"4)")`)
    expect(first).toEqual({ column: 'a', isNegated: false, operator: 'eq', value: String.raw`x,y="(\ `.trim() })
    expect(second).toEqual({ column: 'b', isNegated: false, operator: 'in', values: ['1,2', '3', '4)'] })
  })

  test('takes dots, signs of equality and lone quotes as part of a plain value', () => {
    expect(parseFilter('at=lt.2025-01-01T00:00:00.5+01:00')).toMatchObject([{ value: '2025-01-01T00:00:00.5+01:00' }])
    expect(parseFilter('a=eq.b=eq.c')).toMatchObject([{ column: 'a', value: 'b=eq.c' }])
    expect(parseFilter('a=eq.5" nails')).toMatchObject([{ value: '5" nails' }])
    expect(parseFilter('a=eq.')).toMatchObject([{ value: '' }])
    expect(parseFilter('a=eq."b,c')).toMatchObject([{ value: '"b,c' }])
  })

  test('takes arrays as Postgres writes them', () => {
    expect(parseFilter('tags=eq.{a,b},id=in.({1,2},{3})')).toMatchObject([
      { column: 'tags', value: '{a,b}' },
      { column: 'id', values: ['{1,2}', '{3}'] },
    ])
  })

  test('names columns that have to be quoted', () => {
    expect(parseFilter('"two words"=is.NULL')).toEqual([
      { column: 'two words', isNegated: false, operator: 'is', value: 'null' },
    ])
  })

  test.each([
    ['id', 'Error parsing `filter` params: ["id"]'],
    ['id=1', 'Error parsing `filter` params: ["id=1"]'],
    ['id=eq.1,', 'Error parsing `filter` params: filter must not contain empty segments'],
    ['id=cs.{1}', 'Error parsing `filter` params: ["cs", "{1}"]'],
    ['id=is.maybe', 'null, true, false or unknown'],
    ['id=in.1', '`in` filter value must be wrapped by parentheses'],
    ['id=in.()', 'at least one'],
    [`id=in.(${Array.from({ length: 101 }, (_, at) => at).join(',')})`, 'at most 100'],
    ['id=like.a\\', 'ends in its escape'],
    [Array.from({ length: 101 }, () => 'id=eq.1').join(','), 'at most 100 conditions'],
    [`id=eq.${'1'.repeat(16_384)}`, 'at most 16384 characters'],
    [String.raw`id=match.(a*)*\1`, 'no back references'],
    [String.raw`id=not.imatch.\\\2`, 'no back references'],
  ])('is refused where it says nothing: %s', (filter, reason) => {
    const refused = expect.objectContaining({
      code: 'realtime.subscription-invalid',
      detail: { reason: expect.stringContaining(reason) },
    })
    expect(() => parseFilter(filter)).toThrow(refused)
  })

  test('is read in a time that grows with its length alone', () => {
    const filter = `${' '.repeat(16_000)}"`
    // The best of a few: the others may have waited for the processor.
    const took = Array.from({ length: 9 }, () => {
      const started = performance.now()
      expect(() => parseFilter(filter)).toThrow('realtime.subscription-invalid')
      return performance.now() - started
    })
    expect(Math.min(...took)).toBeLessThan(50)
  })

  test('may hold a backslash before a digit in a pattern', () => {
    expect(parseFilter(String.raw`id=match.\\1`)).toMatchObject([{ value: String.raw`\\1` }])
  })
})
