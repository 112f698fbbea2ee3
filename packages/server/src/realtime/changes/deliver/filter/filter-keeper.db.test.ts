import { Client } from 'pg'
import { assert, asyncProperty, boolean, constant, constantFrom, integer, option, record } from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { createTestDatabase, type TestDatabase } from '@tenon/testing'
import { literal } from '../../../../database/sql.ts'
import { openDatabase, type OpenDatabase } from '../../../../database/pipeline/open-database.ts'
import { isRefusal } from '../../../../refusal/refusal.ts'
import type { RoleFacts, TableFacts } from '../../tables/table-facts.ts'
import { createTableKeeper } from '../../tables/create-table-keeper.ts'
import { createQuestions } from '../dispatch/ask-postgres.ts'
import { createFilterKeeper, type FilterKeeper } from './filter-keeper.ts'

/** A column of each kind of comparison, and values that lie near each other in it. */
const SAMPLES: Readonly<Record<string, readonly string[]>> = {
  int4: ['0', '1', '-1', '10', '9', '2147483647'],
  int8: ['0', '9007199254740993', '9007199254740992', '-5', '10', '9'],
  numeric: [
    '0',
    '1.0',
    '1.00',
    '-1.5',
    '-1.50',
    '10',
    '9',
    'NaN',
    'Infinity',
    '-Infinity',
    '0.1',
    '0.10000000000000001',
  ],
  float8: ['0', '-0', '1.5', '1e300', '-1e300', 'NaN', 'Infinity', '0.1', '0.30000000000000004'],
  bool: ['true', 'false'],
  text: ['', 'a', 'A', 'b', 'ä', 'a%', 'ab', 'aXb', 'null', 'x,y', 'q"r', 'a\\b', '(z)', '😀'],
  varchar: ['', 'a', 'a ', 'B'],
  bpchar: ['a', 'a  ', 'b'],
  uuid: [
    '00000000-0000-4000-8000-000000000001',
    '00000000-0000-4000-8000-0000000000ff',
    'FFFFFFFF-0000-4000-8000-000000000000',
  ],
  date: ['2024-02-29', '0044-03-15 BC', '10000-01-01', 'infinity', '2024-03-01'],
  timestamp: ['2024-02-29 12:00:00', '2024-02-29 12:00:00.000001', '0001-01-01 00:00:00 BC', '-infinity'],
  timestamptz: [
    '2024-02-29 12:00:00+00',
    '2024-02-29 13:00:00+01',
    '2024-02-29 12:00:00.5+00',
    '1800-01-01 00:00:00+00',
  ],
  interval: ['1 day', '24 hours', '1 month'],
  jsonb: ['{"a": 1}', '{"a": 1.0}', 'null', '[1]'],
  int4range: ['[1,3)', '[1,2]', 'empty'],
  _int4: ['{1,2}', '{}', '{1,NULL}'],
  bytea: ['\\x00', '\\xff', '\\x0001'],
}
const TYPES = Object.keys(SAMPLES)
const OPERATORS = ['eq', 'neq', 'lt', 'lte', 'gt', 'gte', 'isdistinct', 'like', 'ilike', 'match', 'imatch'] as const
const IN_SQL = ['=', '<>', '<', '<=', '>', '>=', 'is distinct from', 'like', 'ilike', '~', '~*'] as const

const quoted = (value: string): string => `"${value.replaceAll(/["\\]/g, String.raw`\$&`)}"`

let testDatabase: TestDatabase
let owner: Client
let database: OpenDatabase
let keeper: FilterKeeper
let table: TableFacts
let role: RoleFacts

beforeAll(async () => {
  testDatabase = await createTestDatabase()
  owner = new Client(testDatabase.settings())
  await owner.connect()
  await testDatabase.query(`
    create collation ignoring_case (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
    create table samples (id int primary key, folded text collate ignoring_case, secret text,
      ${TYPES.map((type) => `c_${type} ${type}`).join(', ')});
    revoke select on samples from authenticated;
    grant select (id, folded, ${TYPES.map((type) => `c_${type}`).join(', ')}) on samples to authenticated`)
  database = openDatabase({ url: testDatabase.url('authenticator'), size: 4 })
  keeper = createFilterKeeper(database)
  const tables = createTableKeeper({
    database,
    readerRole: 'authenticated',
    publication: 'supabase_realtime',
    extraSearchPath: [],
  })
  const found = await tables.table('public', 'samples')
  if (found === null) throw new Error('the table is not there')
  table = found
  role = await tables.role(table.oid, 'authenticated')
})

afterAll(async () => {
  await database.close()
  await owner.end()
  await testDatabase.drop()
})

async function decide(filter: string, column: string, cell: string | null): Promise<boolean> {
  const checked = await keeper.check(filter, table, role)
  const cellOf = (name: string): string | null | undefined => (name === column ? cell : undefined)
  const answer = checked.matches(cellOf)
  if (answer !== 'ask') return answer
  const questions = createQuestions(database, (error) => {
    throw error
  })
  const asked = questions.put(checked, role.role, cellOf)
  await questions.ask()
  return asked.matches
}

/** Null where Postgres refuses. `concat` prints as the stream does, which a cast to text does not for every type. */
async function inPostgres(value: string, held: string): Promise<{ printed: string | null; answer: boolean } | null> {
  try {
    const printed = `case when ${value} is not null then concat(${value}) end`
    const { rows } = await owner.query<{ printed: string | null; answer: boolean | null }>(
      `select ${printed} as printed, ${held} as answer`,
    )
    return { printed: rows[0]?.printed ?? null, answer: rows[0]?.answer === true }
  } catch {
    return null
  }
}

function refused(error: unknown): string {
  if (isRefusal(error)) return error.code
  throw error
}

const condition = constantFrom(...TYPES).chain((type) =>
  record({
    type: constant(type),
    cell: option(constantFrom(...(SAMPLES[type] ?? [])), { freq: 8 }),
    operator: integer({ min: 0, max: OPERATORS.length - 1 }),
    value: constantFrom(...(SAMPLES[type] ?? [])),
    isNegated: boolean(),
  }),
)

describe('a filter', () => {
  test('matches a row where Postgres says that it does, for every kind of type', async () => {
    await assert(
      asyncProperty(condition, async ({ type, cell, operator, value, isNegated }) => {
        const isPattern = operator > 6
        const right = `${literal(value)}::${isPattern ? 'text' : type}`
        const left = `${cell === null ? 'null' : literal(cell)}::${type}`
        const held = `${left} ${IN_SQL[operator]} ${right}`
        const expected = await inPostgres(left, isNegated ? `not (${held})` : held)
        const filter = `c_${type}=${isNegated ? 'not.' : ''}${OPERATORS[operator]}.${quoted(value)}`
        const answer = await decide(filter, `c_${type}`, expected?.printed ?? null).catch(refused)
        expect(answer, `${filter} for ${cell}`).toEqual(expected?.answer ?? 'realtime.subscription-invalid')
      }),
      { numRuns: 600 },
    )
  })

  test('takes lists, truth values and several conditions', async () => {
    expect(await decide('c_int4=in.(1,2,3)', 'c_int4', '2')).toBe(true)
    expect(await decide('c_int4=not.in.(1,2,3)', 'c_int4', '4')).toBe(true)
    expect(await decide('c_int4=not.in.(1,2,3)', 'c_int4', null)).toBe(false)
    expect(await decide('c_numeric=in.(1.0,2)', 'c_numeric', '1.000')).toBe(true)
    expect(await decide('c_jsonb=in.({"a":1},[2])', 'c_jsonb', '{"a": 1.0}')).toBe(true)
    expect(await decide('c_bool=is.true', 'c_bool', 't')).toBe(true)
    expect(await decide('c_bool=is.unknown', 'c_bool', null)).toBe(true)
    expect(await decide('c_text=not.is.null', 'c_text', 'x')).toBe(true)
    expect(await decide('c_int4=gt.1,c_int4=lt.3', 'c_int4', '2')).toBe(true)
    expect(await decide('c_int4=gt.1,c_int4=lt.3', 'c_int4', '3')).toBe(false)
  })

  test('compares by the collation of its column', async () => {
    expect(await decide('folded=eq.HELLO', 'folded', 'hello')).toBe(true)
  })

  test('that Postgres cannot decide in time is given up, and those beside it are answered', async () => {
    const slow = await keeper.check(`c_text=ilike.%${'a'.repeat(20)}b`, table, role)
    const quick = await keeper.check('c_text=ilike.A%', table, role)
    const refusals: unknown[] = []
    const questions = createQuestions(database, (error) => refusals.push(error), { first: 300, last: 300 })
    const cell = 'a'.repeat(400_000)
    for (let row = 0; row < 30; row += 1) questions.put(slow, role.role, () => cell)
    const [late, answered] = [slow, quick].map((filter) => questions.put(filter, role.role, () => cell))
    await questions.ask()
    expect([late, answered]).toEqual([
      { matches: false, isGivenUp: true },
      { matches: true, isGivenUp: false },
    ])
    expect(refusals).toMatchObject([{ code: 'postgres.error', detail: { sqlstate: '57014' } }])
  })

  test('whose pattern and text are both long is given up without asking, as LIKE cannot be stopped', async () => {
    const filter = await keeper.check(`c_text=ilike.%${'a'.repeat(8000)}b`, table, role)
    const questions = createQuestions(database, () => undefined)
    expect(questions.put(filter, role.role, () => 'a'.repeat(500_000))).toEqual({ matches: false, isGivenUp: true })
  })

  test('matches no row that lacks its column', async () => {
    expect(await decide('c_int4=not.eq.1', 'c_text', '2')).toBe(false)
  })

  test.each([
    ['nothing=eq.1', 'no column nothing'],
    ['secret=eq.1', 'may not read column secret'],
    ['c_int4=eq.one', 'invalid input syntax for type integer'],
    ['c_int4=like.1%', 'operator does not exist'],
    ['c_int4=is.true', 'must be type boolean'],
    ['c_text=match.(', 'invalid regular expression'],
    ['c_uuid=in.(1)', 'invalid input syntax for type uuid'],
    ['c_text=match.^(a?){250}(a|aa)*(a?){250}(a|aa)*(a?){250}b', 'statement timeout'],
  ])('is refused when it is subscribed, not when a row comes: %s', async (filter, reason) => {
    const refusal: unknown = await keeper.check(filter, table, role).catch((error: unknown) => error)
    expect(isRefusal(refusal) && refusal.code === 'realtime.subscription-invalid' && refusal.detail.reason).toContain(
      reason,
    )
  })
})
