import { describe, expect, test } from 'vitest'
import { plan, type Asked } from '../plan/ask.test-support.ts'
import { catalogOf, foreignKey, routine, table } from '../plan/build-catalog.test-support.ts'
import { compile, type CompiledPlan } from './compile.ts'

const catalog = catalogOf({
  tables: [
    table('films', { id: 'integer', title: 'text', director_id: 'integer', notes: 'jsonb', size: 'int4range' }),
    table('directors', { id: 'integer', name: 'text' }),
  ],
  relationships: foreignKey('films', 'director_id', 'directors'),
  routines: [routine('add', { a: 'integer', b: 'integer' }), routine('sum', { v: 'integer[]' })],
})

async function compiled(line: string, asked: Asked = {}): Promise<CompiledPlan> {
  const planned = await plan(catalog, line, asked)
  if (planned.kind === 'options' || planned.kind === 'describe') throw new TypeError('nothing to compile')
  return compile(planned)
}

/** What stands inside the first CTE. */
async function source(line: string, asked: Asked = {}): Promise<string> {
  const { main } = await compiled(line, asked)
  const start = main.text.indexOf('(') + 1
  let depth = 1
  let end = start
  for (; depth > 0; end += 1) {
    if (main.text[end] === '(') depth += 1
    if (main.text[end] === ')') depth -= 1
  }
  return main.text.slice(start, end - 1)
}

describe('a filter', () => {
  const cases: readonly (readonly [filter: string, condition: string, values: readonly string[]])[] = [
    ['id=eq.1', '"test"."films"."id" = $1', ['1']],
    ['id=not.eq.1', 'NOT "test"."films"."id" = $1', ['1']],
    ['id=eq(any).{1,2}', '"test"."films"."id" = ANY($1)', ['{1,2}']],
    ['title=like.*x*', '"test"."films"."title" like $1', ['%x%']],
    ['title=ilike(all).{*x,y*}', '"test"."films"."title" ilike ALL($1)', ['{%x,y%}']],
    ['id=in.(1,"a,b")', '"test"."films"."id" = ANY($1)', ['{"1","a,b"}']],
    ['title=is.null', '"test"."films"."title" IS NULL', []],
    ['title=is.not_null', '"test"."films"."title" IS NOT NULL', []],
    ['title=isdistinct.x', '"test"."films"."title" IS DISTINCT FROM $1', ['x']],
    [
      'title=fts(english).cat',
      'to_tsvector($1, "test"."films"."title") @@ to_tsquery($2, $3)',
      ['english', 'english', 'cat'],
    ],
    ['notes->a->>0=eq.x', '"test"."films"."notes"->$1->>$2::int = $3', ['a', '0', 'x']],
    ['size->lower=eq.1', 'to_jsonb("test"."films"."size")->$1 = $2', ['lower', '1']],
    [
      'or=(id.eq.1,not.and(id.gt.2,id.lt.5))',
      '("test"."films"."id" = $1 OR NOT ("test"."films"."id" > $2 AND "test"."films"."id" < $3))',
      ['1', '2', '5'],
    ],
  ]
  test.each(cases)('%s', async (filter, condition, values) => {
    const { main } = await compiled(`GET /films?${filter}`)
    expect(main.text).toContain(`FROM "test"."films" WHERE ${condition})`)
    expect(main.values).toEqual(values)
  })
})

test('no value and no name of a client becomes part of the text unquoted', async () => {
  const nasty = `x"; drop table films; --'`
  const written = encodeURIComponent(`"${nasty.replaceAll('"', '\\"')}"`)
  const { main } = await compiled(
    `GET /films?select=id,${written}:title&title=eq.${encodeURIComponent(nasty)}&order=${written}`,
  )
  expect(main.values).toEqual([nasty])
  expect(main.text.replaceAll(`"${nasty.replaceAll('"', '""')}"`, '')).not.toContain('drop table')
})

test('order, limit and offset are parameters of the query they belong to', async () => {
  expect(await source('GET /films?order=title.desc.nullslast,id&limit=5&offset=2')).toBe(
    'SELECT "test"."films".* FROM "test"."films" ORDER BY "test"."films"."title" DESC NULLS LAST, "test"."films"."id" LIMIT $1 OFFSET $2',
  )
})

describe('an embed is a lateral join', () => {
  test('of a row', async () => {
    expect(await source('GET /films?select=title,directors(name)')).toBe(
      'SELECT "test"."films"."title", row_to_json("films_directors_1".*)::jsonb AS "directors" FROM "test"."films"' +
        ' LEFT JOIN LATERAL ( SELECT "directors_1"."name" FROM "test"."directors" AS "directors_1"' +
        ' WHERE "directors_1"."id" = "test"."films"."director_id" ) AS "films_directors_1" ON TRUE',
    )
  })

  test('of an array, which an inner one must have', async () => {
    const text = await source('GET /directors?select=films!inner(title)')
    expect(text).toContain(`COALESCE( "directors_films_1"."directors_films_1", '[]') AS "films"`)
    expect(text).toContain(
      'INNER JOIN LATERAL ( SELECT json_agg("directors_films_1")::jsonb AS "directors_films_1" FROM (',
    )
    expect(text).toMatch(/ON "directors_films_1" IS NOT NULL$/)
  })

  test('asked for absence', async () => {
    expect(await source('GET /films?select=*,directors()&directors=is.null')).toMatch(
      /WHERE "films_directors_1" IS NOT DISTINCT FROM NULL$/,
    )
  })

  test('spread into its parent, its aggregate applied there', async () => {
    const text = await source('GET /films?select=director_id,...directors(id.count())')
    expect(text).toContain('COUNT("films_directors_1"."count") AS "count"')
    expect(text).toMatch(/GROUP BY "test"."films"."director_id"$/)
  })
})

describe('counting', () => {
  const exact = { headers: { prefer: 'count=exact' } }
  test('is free where the page is everything', async () => {
    const { main } = await compiled('GET /films', exact)
    expect(main.text).toContain('pg_catalog.count("_postgrest_t") AS total')
    expect(main.text).not.toContain('pgrst_source_count')
  })

  test('takes a query of its own where it is not, in which inner embeds are EXISTS', async () => {
    const { main } = await compiled('GET /films?select=*,directors!inner(*)&limit=1', exact)
    expect(main.text).toContain(
      'pgrst_source_count AS (SELECT 1 FROM "test"."films" WHERE EXISTS (SELECT 1 FROM "test"."directors" AS "directors_1"' +
        ' WHERE "directors_1"."id" = "test"."films"."director_id"))',
    )
  })

  test('by plan is an EXPLAIN after the query', async () => {
    const { estimate } = await compiled('GET /films?id=gt.1', { headers: { prefer: 'count=planned' } })
    expect(estimate).toMatchObject({
      text: 'EXPLAIN (FORMAT JSON) SELECT 1 FROM "test"."films" WHERE "test"."films"."id" > $1',
      values: ['1'],
    })
  })
})

describe('a mutation', () => {
  test('inserts rows of one JSON parameter, typed by the catalog', async () => {
    const body = '[{"id":1,"title":"x"}]'
    const { main } = await compiled('POST /films', { body })
    expect(main.text).toContain(
      'INSERT INTO "test"."films"("id", "title") SELECT "pgrst_body"."id", "pgrst_body"."title"' +
        ' FROM (SELECT $1::json AS json_data) pgrst_payload,' +
        ' LATERAL (SELECT "id", "title" FROM json_to_recordset(pgrst_payload.json_data) AS _("id" integer, "title" text)) "pgrst_body"' +
        ' RETURNING 1)',
    )
    expect(main.values).toEqual([body])
  })

  test('upserts on its target and counts what was inserted', async () => {
    const { main } = await compiled('POST /films', {
      headers: { prefer: 'resolution=merge-duplicates' },
      body: '{"id":1,"title":"x"}',
    })
    expect(main.text).toContain(
      'ON CONFLICT("id") DO UPDATE SET "id" = EXCLUDED."id", "title" = EXCLUDED."title" WHERE',
    )
    expect(main.text).toContain(`current_setting('pgrst.inserted', true)`)
  })

  test('that would set nothing touches nothing', async () => {
    expect(await source('PATCH /films?id=eq.1', { body: '{}' })).toBe('SELECT NULL FROM "test"."films" WHERE false')
  })

  test('deletes by its filters and returns what is shown', async () => {
    const asked = { headers: { prefer: 'return=representation' } }
    expect(await source('DELETE /films?id=eq.1&select=title', asked)).toBe(
      'DELETE FROM "test"."films" WHERE "test"."films"."id" = $1 RETURNING "test"."films"."id", "test"."films"."title"',
    )
  })
})

describe('a call', () => {
  test('by GET passes each argument as its declared type', async () => {
    const { main } = await compiled('GET /rpc/add?a=1&b=2')
    expect(main.text).toContain(
      'SELECT "pgrst_call".pgrst_scalar FROM (SELECT "test"."add"("a" := $1::integer, "b" := $2::integer) pgrst_scalar) "pgrst_call"',
    )
    expect(main.values).toEqual(['1', '2'])
  })

  test('gathers a variadic argument into an array', async () => {
    const { main } = await compiled('GET /rpc/sum?v=1&v=2')
    expect(main.text).toContain('"test"."sum"(VARIADIC "v" := $1::integer[])')
    expect(main.values).toEqual(['{"1","2"}'])
  })
})
