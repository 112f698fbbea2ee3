import { describe, expect, it } from 'vitest'

import { parseReturns } from './parse-returns.ts'

describe('a return type as people write it', () => {
  it.each([
    [' text ', { kind: 'one', type: 'text' }],
    ['setof "my table"', { kind: 'set', type: '"my table"' }],
    ['SETOF\n numeric(10,2)[]', { kind: 'set', type: 'numeric(10,2)[]' }],
    ['"setof"', { kind: 'one', type: '"setof"' }],
    ['table(Id bigint)', { kind: 'table', columns: [{ name: 'id', type: 'bigint' }] }],
    [
      'TABLE ("a ""b"", (c" numeric(10, 2), at timestamp with time zone)',
      {
        kind: 'table',
        columns: [
          { name: 'a "b", (c', type: 'numeric(10, 2)' },
          { name: 'at', type: 'timestamp with time zone' },
        ],
      },
    ],
  ])('reads %s', (text, returns) => {
    expect(parseReturns(text)).toEqual(returns)
  })

  it.each(['table()', 'table(id)', 'table(id bigint,)'])('refuses %s', (text) => {
    expect(() => parseReturns(text)).toThrow('request.body-invalid')
  })
})
