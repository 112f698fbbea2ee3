import { describe, expect, it } from 'vitest'

import { judgeConditions, rangeHolds } from './conditions.ts'

const lastModified = Date.UTC(2026, 0, 2, 3, 4, 5, 678)
const validators = { etag: '"abc"', lastModified }
const same = 'Fri, 02 Jan 2026 03:04:05 GMT'
const before = 'Fri, 02 Jan 2026 03:04:04 GMT'

describe('the conditions of a request', () => {
  it.each([
    [{}, 'wanted'],
    [{ 'if-none-match': '"abc"' }, 'not-modified'],
    [{ 'if-none-match': 'W/"abc"' }, 'not-modified'],
    [{ 'if-none-match': '"x", "abc"' }, 'not-modified'],
    [{ 'if-none-match': 'abc' }, 'not-modified'],
    [{ 'if-none-match': '*' }, 'not-modified'],
    [{ 'if-none-match': '"x"' }, 'wanted'],
    [{ 'if-modified-since': same }, 'not-modified'],
    [{ 'if-modified-since': before }, 'wanted'],
    [{ 'if-modified-since': 'yesterday' }, 'wanted'],
    [{ 'if-none-match': '"x"', 'if-modified-since': same }, 'wanted'],
    [{ 'if-match': '"abc"' }, 'wanted'],
    [{ 'if-match': '"x"' }, 'precondition-failed'],
    [{ 'if-match': '"abc"', 'if-unmodified-since': before }, 'wanted'],
    [{ 'if-unmodified-since': same }, 'wanted'],
    [{ 'if-unmodified-since': before }, 'precondition-failed'],
    [{ 'if-match': '"x"', 'if-none-match': '"abc"' }, 'precondition-failed'],
  ])('%j make an object %s', (headers, verdict) => {
    expect(judgeConditions(headers, validators)).toBe(verdict)
  })

  it('let an object of unknown date through', () => {
    expect(judgeConditions({ 'if-modified-since': same }, { etag: '', lastModified: null })).toBe('wanted')
  })
})

describe('If-Range', () => {
  it.each([
    [undefined, true],
    ['"abc"', true],
    ['"x"', false],
    ['W/"abc"', false],
    [same, true],
    [before, false],
    ['nonsense', false],
  ])('%j lets a range hold: %s', (ifRange, holds) => {
    expect(rangeHolds(ifRange, validators)).toBe(holds)
  })
})
