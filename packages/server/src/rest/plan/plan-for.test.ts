import { describe, expect, test } from 'vitest'
import { plan, refusal } from './ask.test-support.ts'
import { catalogOf, foreignKey, routine, table } from './build-catalog.test-support.ts'

const catalog = catalogOf({
  tables: [
    table('films', { id: 'integer', title: 'text', director_id: 'integer', notes: 'jsonb', words: 'tsvector' }),
    table('directors', { id: 'integer', name: 'text' }),
    table('roles', { id: 'integer', film_id: 'integer', actor_id: 'integer' }),
    table('folders', { id: 'integer', parent_id: 'integer' }),
    table('log', { line: 'text' }),
  ],
  relationships: [
    ...foreignKey('films', 'director_id', 'directors'),
    ...foreignKey('roles', 'film_id', 'films'),
    ...foreignKey('roles', 'actor_id', 'directors', 'roles_as_actor'),
    ...foreignKey('roles', 'actor_id', 'directors', 'roles_as_double'),
    ...foreignKey('folders', 'parent_id', 'folders'),
  ],
  routines: [
    routine('add', { a: 'integer', b: 'integer' }),
    routine('greet', { name: 'text', 'greeting?': 'text' }),
    routine('twice', { a: 'integer' }),
    routine('twice', { a: 'text' }),
    routine('take', { '': 'json' }),
    routine('recent', {}, { set: true, shape: 'relation', type: { schema: 'test', name: 'films' } }),
  ],
})

describe('what a request names must exist', () => {
  const cases: readonly (readonly [line: string, code: string, detail: object])[] = [
    ['GET /film', 'catalog.relation-unknown', { relation: 'film', suggestion: 'films' }],
    ['GET /films?select=actors(*)', 'catalog.relationship-unknown', { origin: 'films', target: 'actors', hint: null }],
    ['GET /films?select=directors!no_such_key(*)', 'catalog.relationship-unknown', { hint: 'no_such_key' }],
    ['GET /directors?select=roles(*)', 'catalog.relationship-ambiguous', { origin: 'directors', target: 'roles' }],
    ['GET /films?directors.name=eq.x', 'request.embed-target-unknown', { target: 'directors', alias: null }],
    ['GET /films?select=*,roles(*)&order=roles(id)', 'request.related-order', { origin: 'films', target: 'roles' }],
    ['GET /films?order=directors(name)', 'request.embed-target-unknown', { target: 'directors' }],
    ['GET /rpc/add?a=1', 'catalog.routine-unknown', { routine: 'add', arguments: ['a'], suggestion: 'add(a, b)' }],
    ['GET /rpc/twice?a=1', 'catalog.routine-ambiguous', {}],
    ['OPTIONS /rpc/add', 'catalog.routine-unknown', { routine: 'add' }],
    ['GET /films?select=...roles(id.count())', 'request.not-implemented', {}],
  ]
  test.each(cases)('%s is refused with %s', async (line, code, detail) => {
    expect(await refusal(catalog, line)).toMatchObject({ code, detail })
  })

  test('a key of the body that is no column is refused by the first such name', async () => {
    const found = await refusal(catalog, 'POST /films', { body: '{"title":"x","zz":1,"aa":2}' })
    expect(found).toEqual({ code: 'catalog.column-unknown', detail: { relation: 'films', column: 'aa' } })
  })

  test('a media type that nothing produces is refused by all the names asked for', async () => {
    const found = await refusal(catalog, 'GET /films', { headers: { accept: 'image/png, text/plain' } })
    expect(found).toEqual({
      code: 'request.media-type-unavailable',
      detail: { mediaTypes: ['image/png', 'text/plain'] },
    })
  })

  test('GeoJSON is made where PostGIS is, and a media type like any other where it is not', async () => {
    const asked = { headers: { accept: 'application/geo+json' } }
    expect(await refusal(catalog, 'GET /films', asked)).toMatchObject({ code: 'request.media-type-unavailable' })
    const planned = await plan({ ...catalog, makesGeoJson: true }, 'GET /films', asked)
    expect(planned).toMatchObject({ answer: { handler: { kind: 'geojson' } } })
  })

  test('aggregates are refused where they are switched off', async () => {
    const found = await refusal(catalog, 'GET /films?select=id.count()', { config: { aggregatesEnabled: false } })
    expect(found?.code).toBe('request.aggregates-disabled')
  })

  test('strict handling refuses preferences that nobody knows, lenient handling does not', async () => {
    const strict = { headers: { prefer: 'handling=strict, wings' } }
    const lenient = { headers: { prefer: 'handling=lenient, wings' } }
    expect(await refusal(catalog, 'GET /films', strict)).toMatchObject({
      code: 'request.preferences-invalid',
      detail: { preferences: ['wings'] },
    })
    expect(await refusal(catalog, 'GET /films', lenient)).toBeNull()
  })
})

describe('embeds find their relationship', () => {
  const cases: readonly (readonly [line: string, shown: string, by: string])[] = [
    ['GET /films?select=directors(*)', 'object', 'films_director_id_fkey'],
    ['GET /films?select=films_director_id_fkey(*)', 'object', 'films_director_id_fkey'],
    ['GET /films?select=director_id(*)', 'object', 'films_director_id_fkey'],
    ['GET /directors?select=films(*)', 'array', 'films_director_id_fkey'],
    ['GET /directors?select=roles!roles_as_double(*)', 'array', 'roles_as_double'],
    ['GET /folders?select=folders(*)', 'array', 'folders_parent_id_fkey'],
    ['GET /folders?select=parent_id(*)', 'object', 'folders_parent_id_fkey'],
    ['GET /rpc/recent?select=directors(*)', 'object', 'films_director_id_fkey'],
  ]
  test.each(cases)('%s as %s by %s', async (line, shown, by) => {
    const planned = await plan(catalog, line)
    const [embed] = 'tree' in planned ? planned.tree.embeds : []
    expect(embed?.shown.kind).toBe(shown)
    expect(embed?.relationship).toMatchObject({ constraint: by })
  })
})

test('a filter on an aliased embed may use the relation’s name, and is told so', async () => {
  const planned = await plan(catalog, 'GET /films?select=by:directors(*)&directors.name=eq.x')
  expect(planned).toMatchObject({ legacyNames: [{ relation: 'directors', alias: 'by' }] })
  const strictly = { config: { legacyTargetNames: false } }
  expect(await refusal(catalog, 'GET /films?select=by:directors(*)&directors.name=eq.x', strictly)).toEqual({
    code: 'request.embed-target-unknown',
    detail: { target: 'directors', alias: 'by' },
  })
})

test('max-rows caps reads and embeds, and leaves what a mutation returns alone', async () => {
  const capped = { config: { maxRows: 2 } }
  const read = await plan(catalog, 'GET /directors?select=*,films(*)&limit=5', capped)
  expect(read).toMatchObject({ tree: { range: { limit: 2 }, embeds: [{ node: { range: { limit: 2 } } }] } })
  const change = await plan(catalog, 'PATCH /films?id=eq.1', { ...capped, body: '{"title":"x"}' })
  expect(change).toMatchObject({ tree: { range: { limit: null } } })
})

describe('what a mutation does', () => {
  test('columns of the body are typed by the catalog', async () => {
    const planned = await plan(catalog, 'POST /films', { body: '[{"title":"x","id":1}]' })
    expect(planned).toMatchObject({
      mutation: {
        kind: 'insert',
        conflict: null,
        rows: {
          shape: 'array',
          columns: [
            { name: 'id', type: 'integer' },
            { name: 'title', type: 'text' },
          ],
        },
      },
      returning: [],
    })
  })

  test('an upsert conflicts on the primary key, on what on_conflict says, or on nothing', async () => {
    const upsert = { headers: { prefer: 'resolution=merge-duplicates' }, body: '{}' }
    const target = async (line: string): Promise<unknown> => {
      const planned = await plan(catalog, line, upsert)
      return 'mutation' in planned && planned.mutation.kind === 'insert' ? planned.mutation.conflict?.target : null
    }
    expect(await target('POST /films')).toEqual(['id'])
    expect(await target('POST /films?on_conflict=title,director_id')).toEqual(['title', 'director_id'])
    expect(await target('POST /log')).toEqual([])
  })

  test('a representation returns what is selected, what embeds join on, and the key', async () => {
    const asked = { headers: { prefer: 'return=representation' }, body: '{"title":"x"}' }
    const planned = await plan(catalog, 'POST /films?select=title,directors(name)', asked)
    expect(planned).toMatchObject({ returning: ['director_id', 'id', 'title'] })
    expect(await plan(catalog, 'POST /films?select=*,directors(name)', asked)).toMatchObject({ returning: ['*'] })
  })

  test.each([
    ['PUT /films', 'without a filter'],
    ['PUT /films?title=eq.x', 'by another column'],
    ['PUT /films?id=gt.1', 'by another operator'],
    ['PUT /films?id=eq.1&title=eq.x', 'by more than the key'],
    ['PUT /log?line=eq.1', 'of a relation without a key'],
  ])('%s is refused: %s', async (line) => {
    expect((await refusal(catalog, line, { body: '{"id":1}' }))?.code).toBe('request.put-filters')
  })

  test.each([
    ['PATCH /films', 'UPDATE requires a WHERE clause'],
    ['DELETE /films', 'DELETE requires a WHERE clause'],
  ])('%s of all rows is refused where filters are required, as safeupdate does', async (line, message) => {
    const asked = { config: { requireFilter: true }, body: '{"title":"x"}' }
    expect(await refusal(catalog, line, asked)).toMatchObject({
      code: 'postgres.error',
      detail: { sqlstate: '21000', message },
    })
    expect(await refusal(catalog, `${line}?id=eq.1`, asked)).toBeNull()
    expect(await refusal(catalog, `${line}?or=(id.eq.1,id.eq.2)`, asked)).toBeNull()
  })
})

describe('a call chooses its function', () => {
  test('by the names of the arguments, optional ones left out or given', async () => {
    expect(await plan(catalog, 'GET /rpc/greet?name=Ada')).toMatchObject({ routine: { name: 'greet' } })
    const both = await plan(catalog, 'POST /rpc/greet', { body: '{"name":"Ada","greeting":"Hi"}' })
    expect(both).toMatchObject({ arguments: { kind: 'json', parameters: [{ name: 'name' }, { name: 'greeting' }] } })
  })

  test('or by its one unnamed parameter, which takes the whole body', async () => {
    const planned = await plan(catalog, 'POST /rpc/take', { body: '{"any":["thing"]}' })
    expect(planned).toMatchObject({ arguments: { kind: 'whole', type: 'json', value: '{"any":["thing"]}' } })
  })

  test('reading methods are read only, POST as its volatility says', async () => {
    expect(await plan(catalog, 'GET /rpc/add?a=1&b=2')).toMatchObject({ readOnly: true })
    expect(await plan(catalog, 'POST /rpc/add', { body: '{"a":1,"b":2}' })).toMatchObject({ readOnly: false })
  })
})

test('OPTIONS tells what the catalog allows', async () => {
  expect(await plan(catalog, 'OPTIONS /films')).toEqual({
    kind: 'options',
    allow: ['OPTIONS', 'GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
  })
  expect(await plan(catalog, 'OPTIONS /log')).toMatchObject({ allow: expect.not.arrayContaining(['PUT']) })
  expect(await plan(catalog, 'OPTIONS /rpc/recent')).toMatchObject({ allow: ['OPTIONS', 'POST'] })
})
