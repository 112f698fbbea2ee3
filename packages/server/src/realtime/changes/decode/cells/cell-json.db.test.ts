import { createTestDatabase, type TestDatabase } from '@tenon/testing'
import * as fc from 'fast-check'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { type OpenDatabase, openDatabase } from '../../../../database/pipeline/open-database.ts'
import { createTypeKeeper, type TypeKeeper } from './type-keeper.ts'

let made: TestDatabase
let database: OpenDatabase
let client: Client
let keeper: TypeKeeper

beforeAll(async () => {
  made = await createTestDatabase()
  await made.query(`
    create extension if not exists hstore;
    create type mood as enum ('sad', 'very "happy"');
    create type point3 as (x float8, label text, "y ""odd""" int[], nested mood);
    create type outer_row as (first point3, points point3[], at timestamptz, doc jsonb);
    create domain positive as numeric check (value > 0);
    create domain tags as text[];
    create type gone as (a int, b text, c bool); alter type gone drop attribute b;
    create table shape (id int, at timestamptz)`)
  const login = made.settings('authenticator')
  database = openDatabase({ ...login, size: 1 })
  keeper = createTypeKeeper(database, login.user)
  client = new Client({ ...made.settings(), options: '-c datestyle=ISO -c timezone=UTC -c intervalstyle=postgres' })
  await client.connect()
})

afterAll(async () => {
  await client.end()
  await database.close()
  await made.drop()
})

interface Printed {
  readonly ours: string
  /** As `to_jsonb` prints it. */
  readonly theirs: string
  /** Ours, read by Postgres and printed again: without the spaces and the order that are ours. */
  readonly again: string
}

/** A value of the type, by us and by Postgres. */
async function print(type: string, value: string): Promise<Printed> {
  // `format` prints as the stream does; a cast to text has forms of its own for two types.
  const text = `select format('%s', $1::${type}) as text, to_jsonb($1::${type})::text as theirs, '${type}'::regtype::oid as oid`
  const { rows } = await client.query<{ text: string; theirs: string; oid: number }>(text, [value])
  const [row] = rows
  if (row === undefined) throw new Error('no row')
  const columns = [{ name: 'value', typeOid: row.oid, isKey: false }]
  const relation = { oid: 1, schema: 'public', table: 'any', replicaIdentity: 'default', columns } as const
  const [printer] = await keeper.printers(relation)
  const ours = printer?.(row.text) ?? ''
  const read = await client.query<{ again: string }>('select $1::jsonb::text as again', [ours])
  return { ours, theirs: row.theirs, again: read.rows[0]?.again ?? '' }
}

const scalars: readonly (readonly [string, ...string[]])[] = [
  ['bool', 't', 'f'],
  ['int2', '-32768', '0'],
  ['int4', '2147483647'],
  ['int8', '-9223372036854775808', '9007199254740993'],
  ['float4', '1.5', '1e20', '-0', 'NaN', 'Infinity', '3.4e38', '1e-45'],
  ['float8', '0.1', '1e300', '1e-7', '-2.5e-10', '123456789012345680000', '-Infinity', '5e-324', '-0'],
  ['numeric', '1.50', '-0.0', '12345678901234567890.123456789', 'NaN', '-Infinity', '1e50'],
  ['money', '12.3'],
  ['oid', '42'],
  ['text', '', 'plain', '"quoted" \\ and / \n\t\b\f\r \u0001\u007f é 🎬'],
  ['varchar(3)', 'abc'],
  ['char(5)', 'ab'],
  ['name', 'n'],
  ['"char"', 'x'],
  ['uuid', 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'],
  ['bytea', '\\xdeadbeef', ''],
  ['date', '2026-01-02', '0044-03-15 BC', 'infinity', '12026-01-02'],
  ['time', '03:04:05.678'],
  ['timetz', '03:04:05+02'],
  ['timestamp', '2026-01-02 03:04:05', '2026-01-02 03:04:05.678901', '0044-03-15 01:00 BC', '-infinity', '12026-01-02'],
  ['timestamptz', '2026-01-02 03:04:05+02', '0044-03-15 01:00:00+00 BC', 'infinity', '2026-06-01 00:00:00.5-07:30'],
  ['interval', '1 year 2 mons 3 days 04:05:06', '-1 day'],
  ['inet', '10.0.0.1/8'],
  ['cidr', '10.0.0.0/8'],
  ['macaddr', '08:00:2b:01:02:03'],
  ['bit(3)', '101'],
  ['point', '(1,2)'],
  ['box', '(1,1),(0,0)'],
  ['tsvector', "'a':1 'b':2"],
  ['xml', '<a b="c"/>'],
  ['pg_lsn', '16/B374D848'],
  ['int4range', '[1,5)', 'empty'],
  ['tstzrange', '[2026-01-01,)'],
  ['int4multirange', '{[1,2),[5,7)}'],
  ['mood', 'sad', 'very "happy"'],
  ['positive', '1.10'],
]

test.each(scalars.flatMap(([type, ...values]) => values.map((value) => ({ type, value }))))(
  '$type $value is printed to the letter as to_jsonb prints it',
  async ({ type, value }) => {
    const { ours, theirs } = await print(type, value)
    expect(ours).toBe(theirs)
  },
)

const composed: readonly (readonly [string, ...string[]])[] = [
  ['jsonb', '{"a": [1, 2.50, null], "b": "é"}', '"text"', 'null', '1e5'],
  ['json', '{"b":1,\n "a" : [true]}', '12'],
  ['int4[]', '{}', '{1,NULL,3}', '{{1,2},{3,4}}', '[2:3]={7,8}', '[0:0][5:6]={{1,2}}'],
  ['float8[]', '{1e20,NaN,-0}'],
  ['bool[]', '{t,f}'],
  ['text[]', '{a,"b c","","NULL",NULL,"q\\"\\\\","{x}","a,b"}', '{{"{","}"},{",","\\\\"}}'],
  ['timestamptz[]', '{2026-01-02 03:04:05+00,infinity}'],
  ['jsonb[]', '{"{\\"a\\": \\"b\\\\\\\\c\\"}",NULL}'],
  ['bytea[]', '{"\\\\xdead"}'],
  ['box[]', '{(1,1),(0,0);(2,2),(1,1)}'],
  ['mood[]', '{sad,"very \\"happy\\""}'],
  ['positive[]', '{1.10,2}'],
  ['int4range[]', '{"[1,2)",empty}'],
  ['int2vector', '1 2 3', ''],
  ['oidvector', '4 5'],
  ['tags', '{a,b}'],
  ['point3', '(1,"a ""q"" \\\\ b","{1,NULL}",sad)', '(,"",,)', '(NaN,"(,)",{},)'],
  ['point3[]', '{"(1,\\"a b\\",,sad)",NULL}'],
  ['outer_row', '("(1,""x y"",""{1,2}"",)","{""(2,,,)""}","2026-01-02 03:04:05+00","{""a"": ""b c""}")', '(,,,)'],
  ['gone', '(1,t)'],
  ['shape', '(1,"2026-01-02 03:04:05+00")'],
  ['hstore', 'a=>1, b=>NULL', '', String.raw`"q\"\\, "=>"x=>\"y\"", n=>"NULL"`],
  ['hstore[]', String.raw`{"\"a\"=>\"1\"",NULL}`],
]

test.each(composed.flatMap(([type, ...values]) => values.map((value) => ({ type, value }))))(
  '$type $value says what to_jsonb says',
  async ({ type, value }) => {
    const { theirs, again } = await print(type, value)
    expect(again).toBe(theirs)
  },
)

const anyText = fc.string({ unit: 'grapheme', maxLength: 12 }).map((text) => text.replaceAll('\0', ''))

/** Strings that have to be quoted, in one way or the other. */
const thorny = fc.oneof(
  anyText,
  fc.string({ unit: fc.constantFrom('{', '}', '(', ')', ',', '"', '\\', ' ', "'", '\n', 'NULL'), maxLength: 8 }),
)

test('any double is printed to the letter as to_jsonb prints it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.double(), async (value) => {
      const { ours, theirs } = await print('float8', String(value))
      expect(ours).toBe(theirs)
    }),
    { numRuns: 300 },
  )
})

test('any texts in arrays, rows and arrays of rows say what to_jsonb says', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.option(thorny), { minLength: 1, maxLength: 4 }), async (texts) => {
      const { rows } = await client.query<{ list: string; row: string; rows: string }>(
        `select $1::text[]::text as list, row(1, $2::text, null, null)::point3::text as row,
          array[row(null, $2, '{1}', null)::point3, null]::text as rows`,
        [texts, texts[0]],
      )
      const [row] = rows
      for (const [type, text] of [
        ['text[]', row?.list],
        ['point3', row?.row],
        ['point3[]', row?.rows],
      ] as const) {
        const { theirs, again } = await print(type, text ?? '')
        expect(again).toBe(theirs)
      }
    }),
    { numRuns: 200 },
  )
})

test('a type is read once, and anew once it was forgotten', async () => {
  const columns = [{ name: 'a', typeOid: Number((await print('int4', '1')).ours), isKey: false }]
  const relation = { oid: 2, schema: 'public', table: 't', replicaIdentity: 'default', columns } as const
  const first = await keeper.printers(relation)
  expect(keeper.printers(relation)).toBe(first)
  keeper.forget()
  expect(keeper.printers(relation)).toBeInstanceOf(Promise)
})
