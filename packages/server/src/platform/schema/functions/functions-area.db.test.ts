import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { type ServedArea, serveArea } from '../../serve-area.test-support.ts'
import { functionsArea } from './functions-area.ts'

let area: ServedArea
beforeAll(async () => {
  area = await serveArea(functionsArea)
})
afterAll(async () => await area[Symbol.asyncDispose]())

async function made(body: object): Promise<{ oid: number; [member: string]: unknown }> {
  const answer = await area.ask('POST', '/functions', body)
  expect([answer.status, answer.body]).toEqual([201, expect.anything()])
  return answer.body['function'] as never
}

describe('creating a function', () => {
  it('makes the function of the tutorial', async () => {
    const definition = `select nullif(current_setting('request.jwt.claims', true)::json->>'sub', '')::text;`
    const shown = await made({
      name: 'requesting_user_id',
      returns: 'text',
      language: 'sql',
      behaviour: 'stable',
      definition,
    })
    expect(shown).toMatchObject({
      schema: 'public',
      returns: 'text',
      language: 'sql',
      behaviour: 'stable',
      security: 'invoker',
      definition,
      arguments: [],
      policies: [],
    })
    const claims = `select set_config('request.jwt.claims', '{"sub":"user_1"}', true);`
    expect(await area.database.query(`begin; ${claims} select requesting_user_id() as id`)).toEqual([{ id: 'user_1' }])
  })

  it('keeps hostile names, bodies, defaults and settings what they are', async () => {
    const name = `f"; drop table x; --'`
    const shown = await made({
      name,
      returns: 'table("a ""b" text, n int)',
      language: 'sql',
      arguments: [
        { name: `a"); --`, type: 'text', default: `$$it's; $function$ )$$ -- the end` },
        { name: 'many', type: 'varchar(10)[]', mode: 'variadic', default: `'{}'` },
      ],
      configuration: [
        { name: 'search_path', value: `public, "a'b"` },
        { name: 'application_name', value: `o'neill \\` },
      ],
      security: 'definer',
      definition: `select $function$it's$function$, 1 -- $function`,
      comment: `it's a "comment"; --`,
    })
    expect(shown).toMatchObject({
      name,
      security: 'definer',
      comment: `it's a "comment"; --`,
      configuration: [
        { name: 'search_path', value: `public, "a'b"` },
        { name: 'application_name', value: `o'neill \\` },
      ],
    })
    expect(shown['arguments']).toEqual([
      { name: `a"); --`, type: 'text', mode: 'in', default: `'it''s; $function$ )'::text` },
      { name: 'many', type: 'character varying[]', mode: 'variadic', default: `'{}'::character varying[]` },
      { name: 'a "b', type: 'text', mode: 'table', default: null },
      { name: 'n', type: 'integer', mode: 'table', default: null },
    ])
    expect(await area.database.query(`select * from "f""; drop table x; --'"('x')`)).toEqual([{ 'a "b': `it's`, n: 1 }])
  })

  it.each([
    ['a type that is not there', { returns: 'int); drop schema public; --' }],
    ['an argument of no type', { arguments: [{ name: 'a', type: 'nosuchtype' }] }],
  ])('refuses %s', async (_, wish) => {
    const { status, body } = await area.ask('POST', '/functions', { name: 'f', definition: 'begin end', ...wish })
    expect(status).toBe(400)
    expect(['platform.type-unknown', '42601']).toContain(body['code'])
  })

  it('says which type is not there', async () => {
    const { body } = await area.ask('POST', '/functions', { name: 'f', definition: 'x', returns: 'txt' })
    expect(body).toMatchObject({ code: 'platform.type-unknown', message: 'There is no type “txt”' })
  })

  it('refuses a default that would leave its place', async () => {
    const argument = { name: 'a', type: 'int', default: '1) returns void language sql as $$$$; drop schema public; --' }
    const { status, body } = await area.ask('POST', '/functions', {
      name: 'f',
      definition: 'begin end',
      arguments: [argument],
    })
    expect([status, body['code']]).toEqual([400, 'platform.expression-invalid'])
  })

  it('says what Postgres finds wrong with a body, and makes nothing', async () => {
    const { status, body } = await area.ask('POST', '/functions', {
      name: 'broken',
      returns: 'text',
      language: 'sql',
      definition: 'selec 1',
    })
    expect([status, body['code']]).toEqual([400, '42601'])
    expect(await area.database.query(`select 1 from pg_proc where proname = 'broken'`)).toEqual([])
  })

  it('only tells the statement where a preview is asked for', async () => {
    const { status, body } = await area.ask('POST', '/functions', {
      name: 'shown_only',
      definition: 'begin end',
      preview: true,
    })
    expect(status).toBe(200)
    expect(body['sql']).toEqual([
      `create function "public"."shown_only"()
  returns void
  language "plpgsql"
  volatile
  security invoker
  as $function$begin end$function$`,
    ])
    expect(await area.database.query(`select 1 from pg_proc where proname = 'shown_only'`)).toEqual([])
  })

  it('tells one that is there from a new one', async () => {
    const wish = { name: 'twice', definition: 'begin end' }
    await made(wish)
    const { status, body } = await area.ask('POST', '/functions', wish)
    expect([status, body['code']]).toEqual([400, '42723'])
  })
})

describe('changing a function', () => {
  it('replaces the body and keeps all that no form shows', async () => {
    await area.database.query(
      `create function kept(a int default 3) returns setof int strict parallel safe cost 7 rows 9 language sql as 'select a'`,
    )
    const { oid } = await found('kept')
    const { status, body } = await area.ask('PATCH', `/functions/${oid}`, {
      definition: 'select a + 1',
      behaviour: 'immutable',
    })
    expect([status, body['function']]).toEqual([200, expect.objectContaining({ oid, behaviour: 'immutable' })])
    const rows = await area.database.query(
      `select proisstrict, proparallel, procost, prorows, prosrc from pg_proc where oid = ${oid}`,
    )
    expect(rows).toEqual([{ proisstrict: true, proparallel: 's', procost: 7, prorows: 9, prosrc: 'select a + 1' }])
  })

  it('renames and moves it, and changes its comment', async () => {
    const { oid } = await made({ name: 'wanderer', arguments: [{ name: 'a b', type: 'int' }], definition: 'begin end' })
    const { body } = await area.ask('PATCH', `/functions/${oid}`, {
      name: 'set"tled',
      schema: 'extensions',
      comment: 'new',
    })
    expect(body['function']).toMatchObject({ oid, name: 'set"tled', schema: 'extensions', comment: 'new' })
  })

  it('writes the standard’s form of a body again', async () => {
    await area.database.query(`create function parsed(a int) returns int return a + 1`)
    const { oid } = await found('parsed')
    const { body } = await area.ask('PATCH', `/functions/${oid}`, { behaviour: 'immutable' })
    expect(body['function']).toMatchObject({ definition: 'RETURN (a + 1)', behaviour: 'immutable', parsedBody: true })
  })

  it('refuses another return type or other arguments with the reason', async () => {
    const { oid } = await made({ name: 'fixed', definition: 'begin end' })
    const { status, body } = await area.ask('PATCH', `/functions/${oid}`, { returns: 'text' })
    expect([status, body['code']]).toEqual([409, 'platform.function-signature-locked'])
  })

  it('refuses a change of what somebody else changed meanwhile', async () => {
    const { oid, version } = await made({ name: 'shared', definition: 'begin end' })
    const first = await area.ask('PATCH', `/functions/${oid}`, { version, behaviour: 'stable' })
    expect(first.status).toBe(200)
    const second = await area.ask('PATCH', `/functions/${oid}`, { version, behaviour: 'immutable' })
    expect([second.status, second.body['code']]).toEqual([409, 'platform.function-changed'])
  })

  it('refuses what has no text', async () => {
    await area.database.query('create aggregate total(int) (sfunc = int4pl, stype = int)')
    const { oid } = await found('total')
    const { status, body } = await area.ask('PATCH', `/functions/${oid}`, { definition: 'select 1' })
    expect([status, body['code']]).toEqual([409, 'platform.function-locked'])
  })

  it('says that one is gone', async () => {
    const { status, body } = await area.ask('PATCH', '/functions/4294967295', { definition: 'x' })
    expect([status, body['code']]).toEqual([404, 'platform.object-unknown'])
  })
})

describe('dropping a function', () => {
  it('names the policies that call it, and drops them only when told', async () => {
    const { oid } = await made({ name: 'who', returns: 'text', language: 'sql', definition: `select 'x'` })
    await area.database.query(`create table owned (who text); create policy "it's mine" on owned using (who() = who)`)
    const listed = await found('who')
    expect(listed['policies']).toEqual([{ schema: 'public', table: 'owned', policy: `it's mine` }])
    const refused = await area.ask('DELETE', `/functions/${oid}`)
    expect([refused.status, refused.body['code']]).toEqual([409, 'platform.dependants'])
    expect(refused.body['details']).toBe(`policy it's mine on table owned depends on function who()`)
    const dropped = await area.ask('DELETE', `/functions/${oid}?cascade=true`)
    expect([dropped.status, dropped.body['sql']]).toEqual([200, [`drop function "public"."who"() cascade`]])
    expect(await area.database.query('select 1 from pg_policies')).toEqual([])
  })
})

describe('types and languages for the form', () => {
  it('lists base types, the project’s own, and the languages one may write in', async () => {
    await area.database.query(`create type "mo od" as enum ('ok')`)
    const { body } = await area.ask('GET', '/function-types')
    expect(body['types']).toEqual(
      expect.arrayContaining([
        { name: 'text', schema: 'pg_catalog', kind: 'base' },
        { name: 'trigger', schema: 'pg_catalog', kind: 'pseudo' },
        { name: '"mo od"', schema: 'public', kind: 'enum' },
      ]),
    )
    expect(body['languages']).toEqual(['plpgsql', 'sql'])
  })
})

async function found(name: string): Promise<{ oid: number; [member: string]: unknown }> {
  const { body } = await area.ask('GET', '/functions')
  const functions = body['functions'] as unknown as { name: string; oid: number }[]
  const match = functions.find((each) => each.name === name)
  if (match === undefined) throw new Error(`no function ${name}`)
  return match
}
