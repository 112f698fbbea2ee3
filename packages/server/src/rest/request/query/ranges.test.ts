import { describe, expect, test } from 'vitest'
import { Refusal } from '../../../refusal/refusal.ts'
import { splitForm } from './decode.ts'
import { parseRanges } from './ranges.ts'

function rangesOf(query: string, header?: string, method = 'GET') {
  return parseRanges(method, splitForm(query, 'query'), header)
}

describe('the root range', () => {
  test.each([
    ['', undefined, 0, null],
    ['limit=5', undefined, 0, 5],
    ['limit=0', undefined, 0, 0],
    ['limit=0', '5-9', 0, 0],
    ['limit=x', undefined, 0, null],
    ['limit', undefined, 0, null],
    ['limit=3&limit=4', undefined, 0, 4],
    ['offset=7', undefined, 7, null],
    ['offset=-7', undefined, 0, null],
    ['limit=5&offset=7', undefined, 7, 5],
    ['', '2-4', 2, 3],
    ['', '2-', 2, null],
    ['', 'items=2-4', 0, null],
    ['', 'x', 0, null],
    ['limit=2', '0-4', 0, 2],
    ['offset=2', '0-4', 2, 3],
    ['limit=10&offset=3', '4-5', 4, 2],
    ['limit=99999999999999999999', undefined, 0, Number.MAX_SAFE_INTEGER],
  ])('of ?%s with Range %s starts at %s and has %s rows', (query, header, offset, limit) => {
    expect(rangesOf(query, header).root).toEqual({ offset, limit })
  })

  test.each([
    ['limit=-1', undefined, 'negative-limit'],
    ['limit=0&offset=5', undefined, 'negative-limit'],
    ['offset=9', '0-4', 'negative-limit'],
    ['', '4-2', 'lower-above-upper'],
  ] as const)('of ?%s with Range %s is refused: %s', (query, header, problem) => {
    expect(() => rangesOf(query, header)).toThrow(
      expect.objectContaining({ code: 'request.range-invalid', detail: { problem } }),
    )
  })

  test.each(['HEAD', 'POST', 'PATCH', 'DELETE'])('ignores the Range header of %s', (method) => {
    expect(rangesOf('', '4-2', method).root).toEqual({ offset: 0, limit: null })
  })

  test.each(['limit=1', 'offset=1', 'limit=0'])('of PUT with ?%s is refused', (query) => {
    expect(() => rangesOf(query, undefined, 'PUT')).toThrow(new Refusal('request.put-range', {}))
  })
})

describe('ranges of embeds', () => {
  test('stand by path, limit and offset together', () => {
    expect(rangesOf('clients.limit=2&clients.projects.offset=1&clients.offset=3').embeds).toEqual([
      { path: ['clients'], range: { offset: 3, limit: 2 } },
      { path: ['clients', 'projects'], range: { offset: 1, limit: null } },
    ])
  })

  test('may lie below zero: Postgres refuses them', () => {
    expect(rangesOf('clients.limit=-2').embeds).toEqual([{ path: ['clients'], range: { offset: 0, limit: -2 } }])
  })

  test('a name with a dot is quoted', () => {
    expect(rangesOf('"a.b".limit=2').embeds).toEqual([{ path: ['a.b'], range: { offset: 0, limit: 2 } }])
  })

  test('a path that is none is refused', () => {
    expect(() => rangesOf('.limit=1')).toThrow(Refusal)
  })
})
