import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { openTestDoor, type Sent, type TestDoor } from '../door.test-support.ts'
import { cinema, exposed } from './cinema.test-support.ts'

let door: TestDoor

const functions = `
  create function api.add(a int, b int default 10) returns int language sql immutable as 'select a + b';
  create function api.films_since(year bigint) returns setof api.films language sql stable
    as 'select * from api.films f where f.year >= films_since.year order by id';
  create function api.first_film() returns api.films language sql stable as 'select * from api.films where id = 1';
  create function api.numbers() returns setof int language sql immutable as 'select generate_series(1, 3)';
  create function api.pair(out a int, out b text) language sql immutable as $$ select 1, 'x' $$;
  create function api.single_out(in a int, out b int) language sql immutable as 'select a * 2';
  create function api.twice(inout a int) language sql immutable as 'select a * 2';
  create function api.listed(a int) returns table (id int, name text) language sql immutable as $$ select a, 'n' $$;
  create function api.nothing() returns void language sql as 'select null';
  create function api.joined(variadic words text[]) returns text language sql immutable as $$ select array_to_string(words, '-') $$;
  create function api.sum_of(numbers int[]) returns int language sql immutable as 'select sum(n)::int from unnest(numbers) n';
  create function api.echo(json) returns json language sql immutable as 'select $1';
  create function api.echo_text(text) returns text language sql immutable as 'select $1';
  create function api.size_of(bytea) returns int language sql immutable as 'select length($1)';
  create function api.root_of(xml) returns text language sql immutable as $$ select 'xml' $$;
  create function api.over(a int) returns text language sql immutable as $$ select 'int' $$;
  create function api.over(b text) returns text language sql immutable as $$ select 'text' $$;
  create function api.twin(a int) returns int language sql immutable as 'select 1';
  create function api.twin(a text) returns int language sql immutable as 'select 2';
  create function api.remove_all() returns int language sql
    as 'with d as (delete from api.people returning 1) select count(*)::int from d';
  create function api.isolated() returns text language sql stable set default_transaction_isolation = 'serializable'
    as $$ select current_setting('transaction_isolation') $$;
`

beforeAll(async () => {
  door = await openTestDoor(`${cinema}${functions}`, { schemas: exposed })
})
afterAll(() => door.close())

const post = (body: unknown): Sent => ({ body })

describe('arguments', () => {
  test.each<[string, Sent, unknown]>([
    ['GET /rpc/add?a=1', {}, 11],
    ['GET /rpc/add?a=1&b=2', {}, 3],
    ['POST /rpc/add', post({ a: 1, b: 2 }), 3],
    ['POST /rpc/add', { body: 'a=1&b=2', headers: { 'content-type': 'application/x-www-form-urlencoded' } }, 3],
    [
      'POST /rpc/add',
      post([
        { a: 1, b: 2 },
        { a: 5, b: 5 },
      ]),
      3,
    ],
    ['GET /rpc/add?a=1&a=5', {}, 15],
    ['POST /rpc/add?columns=a', post({ a: 1, b: 2 }), 11],
    ['GET /rpc/joined?words=a&words=b', {}, 'a-b'],
    ['GET /rpc/joined?words=a', {}, 'a'],
    ['POST /rpc/joined', post({ words: ['a', 'b'] }), 'a-b'],
    ['GET /rpc/sum_of?numbers={1,2}', {}, 3],
    ['POST /rpc/sum_of', post({ numbers: [1, 2] }), 3],
    ['POST /rpc/echo', post({ any: [1] }), { any: [1] }],
    ['POST /rpc/echo_text', { body: 'plain', headers: { 'content-type': 'text/plain' } }, 'plain'],
    ['POST /rpc/size_of', { body: 'abc', headers: { 'content-type': 'application/octet-stream' } }, 3],
    ['POST /rpc/root_of', { body: '<a/>', headers: { 'content-type': 'text/xml' } }, 'xml'],
    ['GET /rpc/over?b=1', {}, 'text'],
    ['GET /rpc/over?a=1', {}, 'int'],
  ])('%s %o', async (line, sent, result) => {
    expect(await door.send(line, sent)).toMatchObject({ status: 200, body: result })
  })
})

describe('results', () => {
  test.each<[string, unknown]>([
    [
      'GET /rpc/films_since?year=1980&select=id,directors(name)&order=id.desc',
      [
        { id: 3, directors: { name: 'Agnès' } },
        { id: 2, directors: null },
      ],
    ],
    ['GET /rpc/films_since?year=1&title=eq.Ran&select=id', [{ id: 2 }]],
    ['GET /rpc/films_since?year=1&select=id&limit=1&offset=1', [{ id: 2 }]],
    ['GET /rpc/first_film?select=id', { id: 1 }],
    ['GET /rpc/first_film?id=eq.9', null],
    ['GET /rpc/numbers', [1, 2, 3]],
    ['GET /rpc/pair', { a: 1, b: 'x' }],
    ['GET /rpc/single_out?a=2', { b: 4 }],
    ['GET /rpc/twice?a=2', { a: 4 }],
    ['GET /rpc/listed?a=2', [{ id: 2, name: 'n' }]],
    ['GET /rpc/listed?a=2&id=gt.2', []],
  ])('%s', async (line, result) => {
    expect(await door.send(line)).toMatchObject({ status: 200, body: result })
  })

  test('of nothing is no content', async () => {
    const answer = await door.send('POST /rpc/nothing', { body: {} })
    expect(answer).toMatchObject({ status: 204, text: '' })
    expect(answer.headers.has('content-type')).toBe(false)
  })

  test('of HEAD is its headers', async () => {
    expect(await door.send('HEAD /rpc/add?a=1')).toMatchObject({ status: 200, text: '' })
  })

  test('one object of a set, or a refusal', async () => {
    const headers = { accept: 'application/vnd.pgrst.object+json' }
    expect((await door.send('GET /rpc/listed?a=1', { headers })).body).toEqual({ id: 1, name: 'n' })
    expect(await door.send('GET /rpc/films_since?year=1', { headers })).toMatchObject({
      status: 406,
      body: { code: 'PGRST116' },
    })
  })
})

describe('a transaction', () => {
  test('of GET cannot write', async () => {
    expect(await door.send('GET /rpc/remove_all')).toMatchObject({ status: 405, body: { code: '25006' } })
    expect(await door.send('POST /rpc/remove_all', { body: {} })).toMatchObject({ status: 200, body: 2 })
  })

  test('has the isolation its function asks for', async () => {
    expect((await door.send('GET /rpc/isolated')).body).toBe('serializable')
  })
})

describe('refused', () => {
  test.each<[string, Sent, number, object]>([
    [
      'GET /rpc/add?a=1&c=1',
      {},
      404,
      {
        code: 'PGRST202',
        message: 'Could not find the function api.add(a, c) in the schema cache',
        details:
          'Searched for the function api.add with parameters a, c, but no matches were found in the schema cache.',
        hint: 'Perhaps you meant to call the function api.add(a, b)',
      },
    ],
    [
      'GET /rpc/ad',
      {},
      404,
      { code: 'PGRST202', message: 'Could not find the function api.ad without parameters in the schema cache' },
    ],
    [
      'GET /rpc/twin?a=1',
      {},
      300,
      {
        code: 'PGRST203',
        message: 'Could not choose the best candidate function between: api.twin(a => integer), api.twin(a => text)',
        hint: 'Try renaming the parameters or the function itself in the database so function overloading can be resolved',
      },
    ],
    ['PATCH /rpc/add', post({}), 405, { code: 'PGRST101', message: 'Cannot use the PATCH method on RPC' }],
    ['POST /rpc/add', { ...post({ a: 1 }), prefer: 'handling=strict, max-affected=1' }, 400, { code: 'PGRST128' }],
    [
      'POST /rpc/films_since',
      { ...post({ year: 1 }), prefer: 'handling=strict, max-affected=1' },
      400,
      { code: 'PGRST124' },
    ],
    ['GET /rpc/add?a=x', {}, 400, { code: '22P02' }],
  ])('%s %o', async (line, sent, status, body) => {
    expect(await door.send(line, sent)).toMatchObject({ status, body })
  })
})
