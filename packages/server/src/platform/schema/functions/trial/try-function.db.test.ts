import { afterAll, beforeAll, expect, it } from 'vitest'

import { type ServedArea, serveArea } from '../../../serve-area.test-support.ts'
import { functionsArea } from '../functions-area.ts'

let area: ServedArea
beforeAll(async () => {
  area = await serveArea(functionsArea)
  await area.database.query(`
    create table notes (id int);
    create function add(a int, "b "" c" int default 2, variadic more int[] default '{}') returns table (sum int, n int)
      language sql as $$ insert into notes values (a); select a + "b "" c", cardinality(more) $$;
    create function optional(a int default 1, b int default 2, c int default 3) returns int
      language sql as 'select a * 100 + b * 10 + c';
    create function who() returns text language sql as $$ select auth.jwt()->>'sub' $$;
    create function unnamed(int, text) returns text language sql as $$ select $2 || $1 $$;
    create function pair() returns record language sql as $$ select 1, 'x'::text $$;
    create function many() returns setof int language sql as $$ select generate_series(1, 300) $$;
    create function secret() returns text language sql as $$ select 's' $$;
    revoke execute on function secret() from public, anon`)
})
afterAll(async () => await area[Symbol.asyncDispose]())

async function tried(name: string, body: object = {}): Promise<{ status: number; body: Record<string, unknown> }> {
  const [row] = await area.database.query(`select '${name}'::regproc::oid::int as oid`)
  return await area.ask('POST', `/functions/${String(row?.['oid'])}/try`, body)
}

it('answers with what the function says, and undoes what it did', async () => {
  const { status, body } = await tried('add', { arguments: { a: '40', 'b " c': '3', more: '{1,2}' } })
  expect([status, body]).toEqual([200, { columns: ['sum', 'n'], rows: [['43', '2']], more: false }])
  expect(await area.database.query('select * from notes')).toEqual([])
})

it('leaves what is not given to the defaults', async () => {
  expect((await tried('add', { arguments: { a: '40' } })).body['rows']).toEqual([['42', '0']])
  expect((await tried('optional', { arguments: { c: '9' } })).body['rows']).toEqual([['129']])
})

it('gives arguments without names by their place, null too', async () => {
  expect((await tried('unnamed', { arguments: { $1: '1', $2: `it's` } })).body['rows']).toEqual([[`it's1`]])
  expect((await tried('unnamed', { arguments: { $1: null, $2: 'x' } })).body['rows']).toEqual([[null]])
})

it('runs with the role and the claims that are chosen', async () => {
  const as = { role: 'authenticated', claims: { sub: 'user_1' } }
  expect((await tried('who', { as })).body['rows']).toEqual([['user_1']])
  const refused = await tried('secret', { as: { role: 'anon', claims: null } })
  expect([refused.status, refused.body['code']]).toEqual([401, '42501'])
})

it('shows records, and no more than a hundred rows', async () => {
  expect((await tried('pair')).body).toMatchObject({ columns: ['pair'], rows: [['(1,x)']] })
  const { body } = await tried('many')
  expect([(body['rows'] as unknown[]).length, body['more']]).toEqual([100, true])
})

it('says what is wrong with a value', async () => {
  const { status, body } = await tried('add', { arguments: { a: '1); drop table notes; --' } })
  expect([status, body['code']]).toEqual([400, '22P02'])
  expect((await tried('add')).body['code']).toBe('42883')
  expect((await tried('unnamed', { arguments: { $1: 'x', $2: '' } })).body['code']).toBe('22P02')
})
