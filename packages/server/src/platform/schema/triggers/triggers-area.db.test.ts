import { afterAll, beforeAll, expect, it } from 'vitest'

import { type ServedArea, serveArea } from '../../serve-area.test-support.ts'
import { triggersArea } from './triggers-area.ts'

let area: ServedArea
beforeAll(async () => {
  area = await serveArea(triggersArea)
  await area.database.query(`
    create table "my ""tasks" (id int, "the name" text, done bool);
    create function "st;amp"() returns trigger language plpgsql as $$ begin new."the name" := tg_argv[0]; return new; end $$;
    create view seen as select * from "my ""tasks"`)
})
afterAll(async () => await area[Symbol.asyncDispose]())

const wish = {
  name: `it's "on"; --`,
  table: 'my "tasks',
  function: { schema: 'public', name: 'st;amp' },
  arguments: [`o'neill; drop table x`],
  timing: 'before',
  events: ['insert', 'update'],
  columns: ['the name', 'done'],
  orientation: 'row',
  when: `new.id > 0 -- an end`,
}

it('makes a trigger whose names and arguments are what was typed', async () => {
  const { status, body } = await area.ask('POST', '/triggers', wish)
  expect([status, body]).toEqual([201, expect.objectContaining({ trigger: expect.anything() })])
  expect(body['trigger']).toMatchObject({
    name: wish.name,
    table: wish.table,
    function: wish.function,
    timing: 'before',
    events: ['insert', 'update'],
    columns: ['the name', 'done'],
    orientation: 'row',
    when: '(new.id > 0)',
    enabled: 'origin',
  })
  const [row] = await area.database.query(`insert into "my ""tasks" values (1) returning "the name"`)
  expect(row).toEqual({ 'the name': `o'neill; drop table x` })
})

it('turns it off and on, and renames it', async () => {
  const { oid } = await only()
  const off = await area.ask('PATCH', `/triggers/${oid}`, { enabled: 'disabled' })
  expect(off.body['trigger']).toMatchObject({ enabled: 'disabled' })
  const named = await area.ask('PATCH', `/triggers/${oid}`, { enabled: 'always', name: 'plain' })
  expect(named.body).toMatchObject({
    sql: [
      `alter table "public"."my ""tasks" enable always trigger "it's ""on""; --"`,
      `alter trigger "it's ""on""; --" on "public"."my ""tasks" rename to "plain"`,
    ],
    trigger: { enabled: 'always', name: 'plain' },
  })
})

it('drops it', async () => {
  const { oid } = await only()
  const { body } = await area.ask('DELETE', `/triggers/${oid}`)
  expect(body['sql']).toEqual([`drop trigger "plain" on "public"."my ""tasks"`])
  const again = await area.ask('DELETE', `/triggers/${oid}`)
  expect([again.status, again.body['code']]).toEqual([404, 'platform.object-unknown'])
})

it.each([
  ['a condition that would leave its place', { when: 'true) execute function x(); drop table y; --' }, 400],
  ['no event', { events: [] }, 400],
  ['columns without an update', { events: ['insert'] }, 400],
  ['a table that is not there', { table: 'nowhere' }, 404],
  ['a timing that the table does not have', { timing: 'instead of', columns: [], when: null }, 400],
])('refuses %s', async (_, change, expected) => {
  const { status, body } = await area.ask('POST', '/triggers', { ...wish, ...change })
  expect([status, body]).toEqual([expected, expect.objectContaining({ message: expect.any(String) })])
})

it('lists the functions that a trigger may run', async () => {
  const { body } = await area.ask('GET', '/trigger-functions')
  expect(body['functions']).toEqual(expect.arrayContaining([wish.function]))
})

async function only(): Promise<{ oid: number }> {
  const { body } = await area.ask('GET', '/triggers')
  const [first] = body['triggers'] as unknown as { oid: number }[]
  if (first === undefined) throw new Error('no trigger')
  return first
}
