import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { openTestDoor, type TestDoor } from '../door.test-support.ts'
import { cinema, exposed } from './cinema.test-support.ts'

let door: TestDoor

const computed = `
  create function api.maker(api.films) returns setof api.directors rows 1 language sql stable
    as 'select * from api.directors d where d.id = $1.director_id';
  create function api.parts(api.films) returns setof api.people language sql stable
    as 'select * from api.people p where p.film_id = $1.id';
`

beforeAll(async () => {
  door = await openTestDoor(`${cinema}${computed}`, { schemas: exposed, aggregatesEnabled: true })
})
afterAll(() => door.close())

async function get(address: string): Promise<unknown> {
  return (await door.send(`GET ${encodeURI(address)}`)).body
}

const ran = { title: 'Ran' }
const cleo = { title: 'Cléo' }

describe('an embed', () => {
  test.each<[string, string, unknown]>([
    [
      'to one is an object, or null where there is none or none to be seen',
      '/films?select=title,director:directors(name)&id=lt.3&order=id',
      [
        { ...cleo, director: { name: 'Agnès' } },
        { ...ran, director: null },
      ],
    ],
    [
      'by its key’s column',
      '/films?select=title,director_id(name)&id=eq.1',
      [{ ...cleo, director_id: { name: 'Agnès' } }],
    ],
    [
      'to many is a list, in the order asked for',
      '/films?select=title,people(person)&id=lt.3&order=id&people.order=person.desc',
      [
        { ...cleo, people: [{ person: 'José' }, { person: 'Corinne' }] },
        { ...ran, people: [] },
      ],
    ],
    [
      'one to one is an object',
      '/films?select=title,posters(url)&id=eq.1',
      [{ ...cleo, posters: { url: 'http://x' } }],
    ],
    ['and so is its other end', '/posters?select=films(title)', [{ films: cleo }]],
    [
      'through a junction',
      '/films?select=title,genres(name)&id=eq.2&genres.order=name',
      [{ ...ran, genres: [{ name: 'Drama' }, { name: 'War' }] }],
    ],
    ['of itself: children', '/films?select=title,films!first_of(id)&id=eq.1', [{ ...cleo, films: [{ id: 3 }] }]],
    ['of itself: the parent', '/films?select=id,first_of(title)&id=eq.3', [{ id: 3, first_of: cleo }]],
    ['of a view', '/recent?select=id,directors(name)&id=eq.3', [{ id: 3, directors: { name: 'Agnès' } }]],
    ['from a function', '/films?select=maker(name),parts(person)&id=eq.3', [{ maker: { name: 'Agnès' }, parts: [] }]],
    [
      'by a hint',
      '/shows?select=id,main:films!main(id),extra:films!extra(id)',
      [{ id: 1, main: { id: 1 }, extra: { id: 3 } }],
    ],
    [
      'in an embed',
      '/directors?select=name,films(title,posters(url))&films.order=id',
      [
        {
          name: 'Agnès',
          films: [
            { ...cleo, posters: { url: 'http://x' } },
            { title: 'Vagabond', posters: null },
          ],
        },
      ],
    ],
    [
      'with its own limit',
      '/films?select=people(person)&id=eq.1&people.limit=1&people.order=person',
      [{ people: [{ person: 'Corinne' }] }],
    ],
    ['that must be there', '/films?select=title,posters!inner()&order=id', [cleo]],
    [
      'filtered, its parents kept',
      '/films?select=id,people(person)&id=lt.3&people.person=like.C*&order=id',
      [
        { id: 1, people: [{ person: 'Corinne' }] },
        { id: 2, people: [] },
      ],
    ],
    [
      'filtered, its parents with it',
      '/films?select=id,people!inner(person)&people.person=like.C*',
      [{ id: 1, people: [{ person: 'Corinne' }] }],
    ],
    ['that is not there', '/films?select=title,posters()&posters=is.null&order=id', [ran, { title: 'Vagabond' }]],
    ['in a tree of conditions', '/films?select=title,posters()&or=(posters.not.is.null,id.eq.2)&order=id', [cleo, ran]],
    [
      'orders its parents',
      '/films?select=id,directors(name)&order=directors(name).asc.nullslast,id.desc',
      [
        { id: 3, directors: { name: 'Agnès' } },
        { id: 1, directors: { name: 'Agnès' } },
        { id: 2, directors: null },
      ],
    ],
  ])('%s', async (_, address, rows) => {
    expect(await get(address)).toEqual(rows)
  })
})

describe('a spread', () => {
  test.each<[string, string, unknown]>([
    [
      'to one',
      '/films?select=title,...directors(by:name)&id=lt.3&order=id',
      [
        { ...cleo, by: 'Agnès' },
        { ...ran, by: null },
      ],
    ],
    [
      'to many makes lists',
      '/films?select=title,...people(who:person)&id=lt.3&order=id&people.order=person',
      [
        { ...cleo, who: ['Corinne', 'José'] },
        { ...ran, who: [] },
      ],
    ],
    [
      'through a junction',
      '/films?select=...genres(name)&id=eq.2&genres.order=name.desc',
      [{ name: ['War', 'Drama'] }],
    ],
    ['in a spread', '/posters?select=url,...films(...directors(name))', [{ url: 'http://x', name: 'Agnès' }]],
  ])('%s', async (_, address, rows) => {
    expect(await get(address)).toEqual(rows)
  })
})

describe('aggregates', () => {
  test.each<[string, unknown]>([
    [
      '/films?select=director_id,count()&order=director_id',
      [
        { director_id: 1, count: 2 },
        { director_id: 2, count: 1 },
      ],
    ],
    ['/films?select=sum:year.sum()::text&id=neq.2', [{ sum: '3947' }]],
    ['/films?select=year.min(),latest:year.max()&id=neq.2', [{ min: 1962, latest: 1985 }]],
    ['/films?select=id.avg()::int', [{ avg: 2 }]],
    ['/directors?select=name,films(count())', [{ name: 'Agnès', films: [{ count: 2 }] }]],
    ['/films?select=...directors(name),count()&id=neq.2', [{ name: 'Agnès', count: 2 }]],
  ])('%s', async (address, rows) => {
    expect(await get(address)).toEqual(rows)
  })

  test('are refused where they are not configured, and in spreads to many', async () => {
    expect(await door.send('GET /films?select=count()', { config: { aggregatesEnabled: false } })).toMatchObject({
      status: 400,
      body: { code: 'PGRST123', message: 'Use of aggregate functions is not allowed' },
    })
    expect(await door.send('GET /films?select=...people(person.count())')).toMatchObject({
      status: 400,
      body: {
        code: 'PGRST127',
        details: 'Aggregates are not implemented for one-to-many or many-to-many spreads.',
      },
    })
  })
})

describe('refused', () => {
  test('a relation that has nothing to do with it, with what was meant', async () => {
    expect(await door.send('GET /films?select=directrs(name)')).toMatchObject({
      status: 400,
      body: {
        code: 'PGRST200',
        message: "Could not find a relationship between 'films' and 'directrs' in the schema cache",
        details:
          "Searched for a foreign key relationship between 'films' and 'directrs' in the schema 'api', but no matches were found.",
        hint: "Perhaps you meant 'directors' instead of 'directrs'.",
      },
    })
  })

  test('two ways to the same relation, with both', async () => {
    expect(await door.send('GET /shows?select=films(id)')).toMatchObject({
      status: 300,
      body: {
        code: 'PGRST201',
        message: "Could not embed because more than one relationship was found for 'shows' and 'films'",
        details: [
          {
            cardinality: 'many-to-one',
            embedding: 'shows with films',
            relationship: expect.stringContaining('(') as string,
          },
          { cardinality: 'many-to-one' },
        ],
        hint: expect.stringContaining("'films!main'") as string,
      },
    })
  })

  test.each<[string, string, object]>([
    [
      'a filter on what is not embedded',
      '/films?people.person=eq.x',
      { code: 'PGRST108', message: "'people' is not an embedded resource in this request" },
    ],
    [
      'an order by a list',
      '/films?select=people(person)&order=people(person)',
      { code: 'PGRST118', message: "A related order on 'people' is not possible" },
    ],
  ])('%s', async (_, address, body) => {
    expect(await door.send(`GET ${address}`)).toMatchObject({ status: 400, body })
  })

  test('a target by its old name is deprecated, or refused', async () => {
    const address = 'GET /films?select=id,who:people(person)&people.limit=1&id=eq.2'
    const warned = await door.send(address)
    expect(warned.headers.get('warning')).toContain('Update `people` to `who`')
    expect(await door.send(address, { config: { legacyTargetNames: false } })).toMatchObject({
      status: 400,
      body: { code: 'PGRST108', hint: "Change 'people' to 'who' in filters, orders or limits." },
    })
  })
})
