import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { openTestDoor, type TestDoor } from '../door.test-support.ts'
import { cinema, exposed } from './cinema.test-support.ts'

let door: TestDoor

beforeAll(async () => {
  door = await openTestDoor(
    `${cinema} create function api.loud(api.films) returns text language sql stable as 'select upper($1.title)';`,
    { schemas: exposed },
  )
})
afterAll(() => door.close())

async function idsOf(query: string): Promise<unknown> {
  const { body } = await door.send(`GET /films?select=id&order=id&${encodeURI(query)}`)
  return Array.isArray(body) ? body.map(({ id }: { id: number }) => id) : body
}

describe('an operator', () => {
  test.each<[string, readonly number[]]>([
    ['id=eq.1', [1]],
    ['id=neq.1', [2, 3]],
    ['year=gt.1962', [2, 3]],
    ['year=gte.1962', [1, 2, 3]],
    ['year=lt.1985', [1]],
    ['year=lte.1985', [1, 3]],
    ['title=like.*an*', [2]],
    ['title=like.R%', [2]],
    ['title=ilike.*CL*', [1]],
    ['title=match.^[RV]', [2, 3]],
    ['title=imatch.^r', [2]],
    ['id=in.(1,3,"2")', [1, 2, 3]],
    ['title=in.("Ran","a,b")', [2]],
    ['id=in.()', []],
    ['tags=is.null', [2]],
    ['tags=is.not_null', [1, 3]],
    ['seen=is.true', [1]],
    ['seen=is.FALSE', [3]],
    ['seen=is.unknown', [2]],
    ['mood=isdistinct.glad', [2, 3]],
    ['tags=cs.{x}', [1]],
    ['tags=cd.{x,y,z}', [1, 3]],
    ['tags=ov.{y,q}', [1]],
    ['notes=cs.{"c":"x"}', [1]],
    ['shown=ov.[2020-01-15,2020-01-16)', [1]],
    ['shown=sl.[2021-01-01,2021-01-02)', [1]],
    ['shown=sr.[2020-01-01,2020-03-01)', [3]],
    ['shown=nxr.[2020-01-01,2020-12-01)', [1]],
    ['shown=nxl.[2021-01-01,2021-01-02)', [3]],
    ['shown=adj.[2020-02-01,2020-03-01)', [1]],
    ['document=fts.cleo', [1]],
    ['document=plfts.paris cleo', [1]],
    ['document=phfts.cleo paris', [1]],
    ['document=wfts.cleo or road', [1, 3]],
    ['title=fts(english).ran', [2]],
    ['title=not.wfts(simple).ran', [1, 3]],
  ])('%s', async (query, ids) => {
    expect(await idsOf(query)).toEqual(ids)
  })

  test.each<[string, readonly number[]]>([
    ['id=not.eq.1', [2, 3]],
    ['tags=not.is.null', [1, 3]],
    ['id=eq(any).{1,2}', [1, 2]],
    ['title=like(all).{*a*,V*}', [3]],
    ['title=ilike(any).{c*,r*}', [1, 2]],
    ['id=not.gt(all).{1,2}', [1, 2]],
    ['id=gt.1&id=lt.3', [2]],
  ])('negated, quantified, repeated: %s', async (query, ids) => {
    expect(await idsOf(query)).toEqual(ids)
  })

  test('that nobody knows is refused where it stands', async () => {
    expect(await door.send('GET /films?id=foo.1')).toMatchObject({
      status: 400,
      body: { code: 'PGRST100', message: '"failed to parse filter (foo.1)" (line 1, column 1)' },
    })
    expect(await door.send('GET /films?seen=is.maybe')).toMatchObject({ status: 400, body: { code: 'PGRST100' } })
  })
})

describe('trees of conditions', () => {
  test.each<[string, readonly number[]]>([
    ['or=(id.eq.1,id.eq.3)', [1, 3]],
    ['and=(id.gt.1,id.lt.3)', [2]],
    ['not.or=(id.eq.1,id.eq.3)', [2]],
    ['not.and=(id.gt.1,seen.is.null)', [1, 3]],
    ['or=(id.eq.2,and(year.gte.1960,year.lt.1970))', [1, 2]],
    ['or=(id.eq.2,not.and(id.gt.1,id.lt.4))', [1, 2]],
    ['or=(title.eq."Ran",tags.cs.{x,y},id.in.(3))', [1, 2, 3]],
    ['or=(title.not.like.R*,id.eq.2)', [1, 2, 3]],
    ['or=( id.eq.1 , id.eq.2 )', [1, 2]],
  ])('%s', async (query, ids) => {
    expect(await idsOf(query)).toEqual(ids)
  })

  test('without a member they are refused', async () => {
    expect(await door.send('GET /films?or=()')).toMatchObject({
      status: 400,
      body: { code: 'PGRST100', message: '"failed to parse logic tree (())" (line 1, column 4)' },
    })
  })
})

describe('columns and what is in them', () => {
  test.each<[string, unknown]>([
    ['select=b:notes->a->b->0&id=eq.1', [{ b: 1 }]],
    ['select=notes->>c&id=eq.1', [{ c: 'x' }]],
    ['select=notes->a->b->-1&id=eq.1', [{ b: 2 }]],
    ['select=tags->0&id=eq.1', [{ tags: 'x' }]],
    ['select=id&notes->a->b->>0=eq.1', [{ id: 1 }]],
    ['select=id&order=notes->>c.desc.nullslast,id.desc&limit=2', [{ id: 1 }, { id: 3 }]],
    ['select=year::text&id=eq.2', [{ year: '9007199254740993' }]],
    ['select=jahr:year&id=eq.1', [{ jahr: 1962 }]],
    ['select=loud&loud=like.V*', [{ loud: 'VAGABOND' }]],
    ['select=id&order=loud.desc&limit=1', [{ id: 3 }]],
    ['select=id&order=mood.asc.nullsfirst,id', [{ id: 2 }, { id: 3 }, { id: 1 }]],
  ])('%s', async (query, rows) => {
    expect((await door.send(`GET /films?${encodeURI(query)}`)).body).toEqual(rows)
  })

  test('a computed field is no part of everything', async () => {
    const { body } = await door.send('GET /films?id=eq.1')
    expect(body).toEqual([expect.not.objectContaining({ loud: expect.anything() as unknown })])
  })

  test('numbers too big for JavaScript arrive digit by digit', async () => {
    expect((await door.send('GET /films?select=year&id=eq.2')).text).toBe('[{"year":9007199254740993}]')
  })

  test('what Postgres refuses is passed on in its own words', async () => {
    expect(await door.send('GET /films?id=eq.x')).toMatchObject({
      status: 400,
      body: { code: '22P02', message: 'invalid input syntax for type integer: "x"', details: null, hint: null },
    })
    expect(await door.send('GET /films?nope=eq.1')).toMatchObject({ status: 400, body: { code: '42703' } })
    expect(await door.send('GET /films?tags=like.a')).toMatchObject({ status: 404, body: { code: '42883' } })
  })

  test('a policy decides which rows a caller sees', async () => {
    expect((await door.send('GET /directors?select=name')).body).toEqual([{ name: 'Agnès' }])
    const bob = await door.send('GET /directors?select=name', { as: ['authenticated', 'bob'] })
    expect(bob.body).toEqual([{ name: 'Akira' }])
    expect((await door.send('GET /directors', { as: ['anon', 'nobody'] })).status).toBe(401)
  })
})
