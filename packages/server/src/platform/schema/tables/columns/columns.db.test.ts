import { afterAll, beforeAll, expect, test } from 'vitest'

import { openTestPlatform, type TestPlatform } from '../platform-over.test-support.ts'

let platform: TestPlatform

beforeAll(async () => {
  platform = await openTestPlatform()
  await platform.query(`
    create type mood as enum ('sad'); create domain percent as int check (value between 0 and 100);
    create schema odd; create type odd."Pair of" as (a int, b int);
    create table rows_are_no_type (id int);
    create function requesting_user_id() returns text language sql stable as $$ select auth.jwt()->>'sub' $$;
    create function with_default(a int default 1) returns text language sql as $$ select 'x' $$;
    create function with_argument(a int) returns text language sql as $$ select 'x' $$;`)
})
afterAll(async () => await platform.close())

const types = async () => (await platform.ask('GET', '/column-types')).body['types'] as readonly { name: string }[]
const suggested = async (type: string) => {
  const { body } = await platform.ask('GET', `/default-suggestions?type=${encodeURIComponent(type)}`)
  return (body['suggestions'] as readonly { expression: string }[]).map(({ expression }) => expression)
}

test('types are offered with those that people know first, and the project’s own', async () => {
  const offered = await types()
  expect(offered.slice(0, 3).map(({ name }) => name)).toEqual(['int2', 'int4', 'int8'])
  expect(offered).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ name: 'int8', type: 'bigint', group: 'Numbers' }),
      expect.objectContaining({ name: 'mood', kind: 'enum', group: 'Enumerated types' }),
      expect.objectContaining({ name: 'percent', kind: 'domain' }),
      expect.objectContaining({ name: 'odd."Pair of"', kind: 'composite' }),
    ]),
  )
})

test('tables are not offered as types, nor what Postgres keeps for itself', async () => {
  const names = (await types()).map(({ name }) => name)
  for (const name of ['rows_are_no_type', 'pg_node_tree', 'regclass', 'oid']) expect(names).not.toContain(name)
})

test('every type that is offered can be the type of a column', async () => {
  const columns = (await types()).map(({ name: type }, index) => ({ name: `c${index}`, type }))
  const { status, body } = await platform.ask('POST', '/tables', { name: 'everything', columns })
  expect([status, body['message']]).toEqual([201, undefined])
})

test('defaults are suggested that give the type and need no argument', async () => {
  expect(await suggested('text')).toEqual(
    expect.arrayContaining(['requesting_user_id()', 'with_default()', 'auth.role()', `auth.jwt()->>'sub'`]),
  )
  expect(await suggested('text')).not.toContain('with_argument()')
  expect(await suggested('uuid')).toEqual(expect.arrayContaining(['gen_random_uuid()', 'auth.uid()']))
  expect(await suggested('timestamptz')).toContain('now()')
})

test('defaults of what is no type are refused', async () => {
  expect(await platform.ask('GET', '/default-suggestions?type=nothing')).toMatchObject({
    status: 400,
    body: { code: 'platform.type-unknown' },
  })
})
