import { expect, test } from 'vitest'

import { type AnyRefusal, Refusal } from './refusal.ts'
import { renderTerminal } from './render-terminal.ts'

test('a failed migration shows the place, the statement and that it ends there', () => {
  const refusal = new Refusal('migration.failed', {
    path: 'supabase/migrations/1_x.sql',
    line: 7,
    statement: 'create table x (\n  y nothing\n)',
    message: 'type "nothing" does not exist',
    sqlstate: '42704',
    hint: null,
    rolledBack: true,
  })
  expect(renderTerminal(refusal as AnyRefusal).sentence.split('\n')).toEqual([
    'supabase/migrations/1_x.sql, line 7: type "nothing" does not exist (42704)',
    '    create table x (',
    '      y nothing',
    '    )',
    'No file after it was applied.',
  ])
})

test('the fix stands beside the sentence', () => {
  const refusal = new Refusal(
    'boot.port-taken',
    { host: '127.0.0.1', port: 54_321, door: 'the API' },
    { fix: 'Do this.' },
  )
  expect(renderTerminal(refusal as AnyRefusal)).toEqual({
    sentence: 'Something else listens on 127.0.0.1:54321, where the API wants to.',
    fix: 'Do this.',
  })
})
