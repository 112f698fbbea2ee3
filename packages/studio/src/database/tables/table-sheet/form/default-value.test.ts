import { expect, test } from 'vitest'

import { defaultOf, textOfDefault } from './default-value.ts'

test.each([
  'now()',
  'requesting_user_id()',
  `auth.jwt()->>'sub'`,
  `auth.jwt() ->> 'sub'`,
  `(auth.jwt() ->> 'sub'::text)`,
  `"odd one".f(1)`,
  'current_date',
  `'quoted'`,
  `'{}'::jsonb`,
  `ARRAY['a']`,
])('what looks like SQL is read as SQL: %s', (text) => {
  expect(defaultOf(` ${text} `, 'auto')).toEqual({ kind: 'expression', value: text })
})

test.each(['hello', 'hello (world)', '5', '-1.5', 'true', '{"a": 1}', '{a,b}', `it's`])(
  'what does not is a value: %s',
  (text) => {
    expect(defaultOf(text, 'auto')).toEqual({ kind: 'literal', value: text })
  },
)

test('nothing and NULL are no default, unless the word itself is wanted', () => {
  expect(['', ' ', 'null', 'NULL'].map((text) => defaultOf(text, 'auto'))).toEqual([null, null, null, null])
  expect(defaultOf('null', 'literal')).toEqual({ kind: 'literal', value: 'null' })
})

test.each([
  ['now()', 'now()', 'auto'],
  [`(auth.jwt() ->> 'sub'::text)`, `(auth.jwt() ->> 'sub'::text)`, 'auto'],
  [`'it''s'::text`, `it's`, 'auto'],
  [`'now()'::text`, 'now()', 'literal'],
  [`''::text`, '', 'literal'],
  ['0', '0', 'auto'],
  ['(1 + 2) * 3', '(1 + 2) * 3', 'expression'],
  [`nextval('a_id_seq'::regclass)`, `nextval('a_id_seq'::regclass)`, 'auto'],
  [null, '', 'auto'],
])('what Postgres printed comes back as it was typed: %s', (printed, text, reading) => {
  expect(textOfDefault(printed)).toEqual({ text, reading })
})
