import * as fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { isRefusal } from '../../refusal/refusal.ts'
import { plan } from '../plan/ask.test-support.ts'
import { catalogOf, foreignKey, routine, table } from '../plan/build-catalog.test-support.ts'
import type { Statement } from '../../database/statement.ts'
import { compile } from './compile.ts'

const seed = Number(process.env['TEST_SEED'] ?? Date.now() % 2 ** 31)
console.info(`fast-check seed ${seed} (TEST_SEED repeats it)`)
fc.configureGlobal({ seed })
vi.setConfig({ testTimeout: 60_000 })

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

/** The text without what is quoted: identifiers, and the literals that JSON paths and languages become. */
function unquoted(text: string): string {
  return text.replaceAll(/"(?:[^"]|"")*"|(?:\bE)?'(?:[^']|'')*'/g, '')
}

/** A name as the query grammars quote it. */
function quoted(name: string): string {
  return `"${name.replaceAll(/["\\]/g, (character) => `\\${character}`)}"`
}

const placesOfNames: readonly ((name: string) => string)[] = [
  (name) => `GET /films?select=${name}`,
  (name) => `GET /films?select=${name}:id`,
  (name) => `GET /films?select=notes->${name}->>${name}`,
  (name) => `GET /films?select=${name}:directors(${name})`,
  (name) => `GET /films?select=...directors(${name}:name)`,
  (name) => `GET /films?select=${name}.sum(),c:${name}.max()`,
  (name) => `GET /films?select=id&${name}=eq.1`,
  (name) => `GET /films?${name}->${name}=eq.1&or=(${name}.is.null,not.and(${name}->>a.in.(1,2)))`,
  (name) => `GET /films?order=${name}.desc,notes->${name}`,
  (name) => `GET /films?select=id,${name}:people(id)&${name}.${name}=gt.1&${name}.order=${name}&${name}.limit=1`,
  (name) => `GET /films?select=id,directors(id)&order=directors(${name})`,
  (name) => `POST /films?select=${name}`,
  (name) => `POST /films?select=${name}&on_conflict=${name}`,
  (name) => `PATCH /films?${name}=eq.1&select=${name}`,
  (name) => `DELETE /films?${name}=eq.1`,
  (name) => `GET /rpc/films_since?year=1&select=${name}&order=${name}`,
]
const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.constantFrom(
    '";drop table x;--',
    `'||(select 1)||'`,
    '\\',
    `\\'`,
    '$1',
    '$$',
    '/*',
    '"."',
    `E'\\''`,
    '\n--',
    'U&"d"',
  ),
)

test('a name stands in the text between quotes and nowhere else, whatever it is', async () => {
  const prefer = 'return=representation, resolution=merge-duplicates'
  let made = 0
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...placesOfNames), hostile, async (place, inner) => {
      const line = place(encodeURIComponent(quoted(`zq${inner.toWellFormed()}zq`)))
      const compiled = await statement(line, '{"id":1}', prefer)
      if (compiled === null) return
      made += 1
      expect(unquoted(compiled.text)).not.toContain('zq')
    }),
    { numRuns: 5000 },
  )
  expect(made).toBeGreaterThan(4000)
})

test('a cast is letters, digits, blanks, _ and $ or it is refused', async () => {
  await fc.assert(
    fc.asyncProperty(hostile, async (inner) => {
      const compiled = await statement(`GET /films?select=id::zq${encodeURIComponent(inner.toWellFormed())}zq`, '', '')
      if (compiled === null) return
      const found = /zq(.*)zq/s.exec(unquoted(compiled.text))
      expect(found?.[1] ?? '').toMatch(/^[\p{L}\p{M}\p{N}_ $]*$/u)
    }),
    { numRuns: 2000 },
  )
})

const inPlaceOfValues = ['eq', 'neq', 'like', 'match', 'cs', 'isdistinct', 'fts', 'wfts(english)', 'eq(any)', 'not.gt']

test('a value is a parameter with every operator, and in bodies and arguments', async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...inPlaceOfValues), hostile, async (operator, inner) => {
      const value = encodeURIComponent(`zq${inner.toWellFormed()}zq`)
      const body = JSON.stringify({ title: `zq${inner}zq`, k: 1 })
      const lines = [
        `GET /films?title=${operator}.${value}&notes->>a=${operator}.${value}`,
        `GET /films?title=in.(1,${encodeURIComponent(quoted(`zq${inner.toWellFormed()}zq`))})`,
        `POST /films?columns=title`,
        `GET /rpc/films_since?year=${value}`,
      ]
      for (const line of lines) {
        const compiled = await statement(line, body, '')
        expect(compiled?.text ?? '').not.toContain('zq')
      }
    }),
    { numRuns: 1500 },
  )
})
