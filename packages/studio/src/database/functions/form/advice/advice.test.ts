import { expect, it } from 'vitest'

import { adviceFor } from './advice.ts'
import { emptyForm, type FunctionForm } from '../function-form.ts'

const claims = `select nullif(current_setting('request.jwt.claims', true)::json->>'sub', '')::text;`
const form = (change: Partial<FunctionForm>): FunctionForm => ({ ...emptyForm('public'), returns: 'text', ...change })

it('suggests STABLE for SQL that only reads', () => {
  expect(adviceFor(form({ language: 'sql', definition: claims }), false)).toMatchObject({
    tone: 'neutral',
    fix: { change: { behaviour: 'stable' } },
  })
})

it('warns of a volatile plpgsql helper that reads claims or that policies call', () => {
  const definition = `begin return auth.jwt()->>'sub'; end`
  expect(adviceFor(form({ definition }), false)?.tone).toBe('warning')
  expect(adviceFor(form({ definition: 'begin return 1; end' }), true)?.tone).toBe('warning')
  expect(adviceFor(form({ definition: 'begin return 1; end' }), false)).toBeNull()
})

it.each([
  ['what writes', form({ language: 'sql', definition: 'insert into a values (1) returning b' })],
  ['what makes numbers', form({ language: 'sql', definition: `select nextval('s')::text` })],
  ['what is stable already', form({ language: 'sql', behaviour: 'stable', definition: claims })],
  ['a trigger', form({ returns: 'trigger', definition: `begin return auth.jwt(); end` })],
  ['an empty definition', form({ language: 'sql' })],
])('says nothing about %s', (_, given) => {
  expect(adviceFor(given, false)).toBeNull()
})

it('takes words in strings and comments for nothing', () => {
  const definition = `-- update nothing\nselect 'insert' /* delete */ as "drop"`
  expect(adviceFor(form({ language: 'sql', definition }), false)).not.toBeNull()
})
