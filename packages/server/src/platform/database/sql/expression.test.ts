import { expect, test } from 'vitest'

import { isRefusal } from '../../../refusal/refusal.ts'
import { bracketed } from './expression.ts'

test.each([
  `(select auth.jwt()->>'sub') = user_id`,
  `name = 'a;b)'`,
  `name = E'it\\'s;)'`,
  `name = $q$ ) ; $q$`,
  `name = $$;)$$`,
  `"odd ) ; column" = 1 -- the end ) ;`,
  `/* ) /* ; */ ( */ true`,
  `tags[1] = any (array['a', 'b'])`,
  `name$1$x = 'a' and other$1$x = 'b'`,
  `name = E'it' -- on\n '\\'s;)'`,
  `path ~ e'\\\\' and "a""b" = 'c''d'`,
])('one expression is taken as it is: %s', (text) => {
  expect(bracketed('USING', text)).toBe(`(\n  ${text}\n)`)
})

test.each([
  ['true); drop table x; --', 'a ) closes nothing that was opened in it'],
  ['true; drop table x', 'it has a semicolon: only one expression may stand here'],
  ['true) with check (true', 'a ) closes nothing that was opened in it'],
  ['(true', 'a ) is missing'],
  ['(array[1)]', 'a ) closes nothing that was opened in it'],
  [`name = 'open`, 'a string begins here and does not end'],
  [`name = E'\\'`, 'a string begins here and does not end'],
  [`name = E''\n'\\'' ) , evil int check (true --'`, 'a ) closes nothing that was opened in it'],
  [`name = e'' -- more\n\n'\\'' ; drop table x --'`, 'it has a semicolon: only one expression may stand here'],
  [`name = E''\n'\\'`, 'a string begins here and does not end'],
  ['name = $q$ open $$', 'a string begins here with $q$ and does not end'],
  ['true /* open', 'a comment begins here and does not end'],
  ['true -- a comment\r) with check (true', 'a ) closes nothing that was opened in it'],
  ['  -- a comment alone', 'it is empty'],
  ['', 'it is empty'],
  ['true\0', 'it has a NUL byte'],
])('what would leave its brackets is refused: %j', (text, reason) => {
  let thrown: unknown
  try {
    bracketed('USING', text)
  } catch (refusal) {
    thrown = refusal
  }
  expect(isRefusal(thrown) && [thrown.code, thrown.detail]).toEqual([
    'platform.expression-invalid',
    { place: 'USING', reason },
  ])
})
