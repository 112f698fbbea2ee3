import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { isRefusal } from '../../refusal/refusal.ts'
import { plan } from '../plan/ask.test-support.ts'
import { catalogOf, foreignKey, routine, table } from '../plan/build-catalog.test-support.ts'
import type { Statement } from '../../database/statement.ts'
import { compile } from './compile.ts'

const catalog = catalogOf({
  tables: [
    table('films', { id: 'integer', title: 'text', director_id: 'integer', notes: 'jsonb' }),
    table('directors', { id: 'integer', name: 'text' }),
    table('people', { id: 'integer', film_id: 'integer' }),
  ],
  relationships: [...foreignKey('films', 'director_id', 'directors'), ...foreignKey('people', 'film_id', 'films')],
  routines: [
    routine(
      'films_since',
      { 'year?': 'integer' },
      { set: true, shape: 'relation', type: { schema: 'test', name: 'films' } },
    ),
  ],
})

/** The main statement, or null where the request is refused. Anything else that is thrown fails the test. */
async function statement(line: string, body: string, prefer: string): Promise<Statement | null> {
  try {
    const planned = await plan(catalog, line, { body, headers: { prefer } })
    return planned.kind === 'options' || planned.kind === 'describe' ? null : compile(planned).main
  } catch (thrown) {
    if (isRefusal(thrown)) return null
    throw thrown
  }
}

const aWord = fc.constantFrom(
  'id',
  'title',
  'notes',
  'directors',
  'people',
  'films',
  'name',
  '*',
  'a-b',
  '"q.\\"x"',
  'count',
  '$',
  'ü',
)
const aPiece = fc.oneof(
  aWord,
  fc.constantFrom(
    '->',
    '->>',
    '::',
    ':',
    '.',
    ',',
    '(',
    ')',
    '!inner',
    '...',
    '()',
    ' ',
    '.sum()',
    '::int',
    'eq.',
    'not.',
    '0',
    '-1',
  ),
  fc.constantFrom(
    'in.(',
    'is.null',
    'fts(en).',
    'like.*',
    '{',
    '}',
    'or',
    'and',
    '.desc',
    '.nullslast',
    '%22',
    '%00',
    '&',
    '=',
  ),
)
const aText = fc.array(aPiece, { maxLength: 12 }).map((pieces) => pieces.join(''))
const aParameter = fc.oneof(
  aText.map((value) => `select=${value}`),
  aText.map((value) => `order=${value}`),
  aText.map((value) => `or=(${value})`),
  fc.tuple(aWord, aText).map(([name, value]) => `${name}=${value}`),
  fc.constantFrom(
    'limit=1',
    'offset=2',
    'people.limit=3',
    'columns=id,title',
    'on_conflict=title',
    'directors=is.null',
  ),
)
const aLine = fc
  .tuple(
    fc.constantFrom('GET', 'HEAD', 'POST', 'PATCH', 'PUT', 'DELETE', 'OPTIONS'),
    fc.constantFrom('/films', '/directors', '/people', '/rpc/films_since'),
    fc.array(aParameter, { maxLength: 4 }),
  )
  .map(([method, path, query]) => `${method} ${path}?${query.join('&')}`)
const aBody = fc.constantFrom('{}', '[]', '{"id":1}', '[{"id":1,"title":"x"}]', 'nonsense', '')
const aPrefer = fc.constantFrom(
  '',
  'return=representation',
  'return=headers-only, missing=default',
  'count=exact',
  'resolution=merge-duplicates, return=representation',
)

test('any request is refused or becomes a statement whose placeholders are its values', async () => {
  await fc.assert(
    fc.asyncProperty(aLine, aBody, aPrefer, async (...request) => {
      const made = await statement(...request)
      if (made === null) return
      const placeholders = new Set(made.text.replaceAll(/"(?:[^"]|"")*"/g, '').match(/\$\d+/g))
      expect(placeholders.size).toBe(made.values.length)
    }),
    { numRuns: 2000 },
  )
})

test('a value never shows in the text, whatever it is', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ minLength: 3, unit: 'binary' }), async (value) => {
      const marked = `zq${value}zq`
      const made = await statement(`GET /films?title=eq.${encodeURIComponent(marked)}`, '', '')
      if (made === null) return
      expect(made.values).toEqual([marked])
      expect(made.text).not.toContain('zq')
    }),
    { numRuns: 500 },
  )
})
