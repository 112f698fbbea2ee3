import { describe, expect, test } from 'vitest'
import { parseAccept, parseContentType, parseMediaType, planRequestOf } from './media-type.ts'

describe('a media type', () => {
  test.each([
    ['application/json', 'application/json', 'application/json'],
    ['Application/JSON; charset=utf-8', 'application/json', 'application/json'],
    ['text/csv; version=1', 'text/csv', 'text/csv'],
    ['ApplicatIon/vnd.PgRsT.object+json', 'application/vnd.pgrst.object+json', 'application/vnd.pgrst.object+json'],
    ['application/vnd.pgrst.object', 'application/vnd.pgrst.object+json', 'application/vnd.pgrst.object+json'],
    [
      'application/vnd.pgrst.object+json;nulls=stripped',
      'application/vnd.pgrst.object+json',
      'application/vnd.pgrst.object+json;nulls=stripped',
    ],
    ['application/vnd.pgrst.array+json', 'application/json', 'application/json'],
    [
      'application/vnd.pgrst.array; Nulls=stripped',
      'application/vnd.pgrst.array+json',
      'application/vnd.pgrst.array+json;nulls=stripped',
    ],
    ['Text/Unknown;a=b', 'text/unknown', 'Text/Unknown;a=b'],
    ['nonsense', 'nonsense', 'nonsense'],
    ['*/*', '*/*', '*/*'],
  ])('%s is %s and is named %s', (text, essence, written) => {
    expect(parseMediaType(text)).toMatchObject({ essence, written })
  })

  test('a plan names what it explains, its format and its options in their order', () => {
    const plan = parseMediaType('application/vnd.pgrst.plan+json; for="text/csv"; options=buffers|analyze|nope')
    expect(plan.written).toBe('application/vnd.pgrst.plan+json; for="text/csv"; options=analyze|buffers')
    expect(planRequestOf(plan)).toMatchObject({
      format: 'json',
      for: { essence: 'text/csv' },
      options: ['analyze', 'buffers'],
    })
  })

  test('a bare plan explains JSON as text', () => {
    expect(planRequestOf(parseMediaType('application/vnd.pgrst.plan;'))).toMatchObject({
      format: 'text',
      for: { essence: 'application/json' },
      options: [],
    })
    expect(planRequestOf(parseMediaType('application/json'))).toBeNull()
  })
})

describe('Accept', () => {
  test.each([
    [undefined, ['*/*']],
    ['', ['*/*']],
    ['text/csv', ['text/csv']],
    ['text/plain; q=0.5, text/csv;q=0.9, application/json', ['application/json', 'text/csv', 'text/plain']],
    [
      'text/plain; q=0.5, text/html;charset=utf-8, text/*;q=0.8;ext=blah, text/x-dvi; q=0.8, text/x-c',
      ['text/html', 'text/x-c', 'text/x-dvi', 'text/*', 'text/plain'],
    ],
    ['text/html,application/xhtml+xml,*/*;q=0.8', ['text/html', 'application/xhtml+xml', '*/*']],
  ])('%s wants %j, in this order', (header, essences) => {
    expect(parseAccept(header).map(({ essence }) => essence)).toEqual(essences)
  })
})

test('a body without Content-Type is JSON', () => {
  expect(parseContentType(undefined).essence).toBe('application/json')
})
