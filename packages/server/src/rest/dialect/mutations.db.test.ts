import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { type Answer, openTestDoor, type TestDoor } from '../door.test-support.ts'
import { cinema, exposed } from './cinema.test-support.ts'

let door: TestDoor

beforeAll(async () => {
  door = await openTestDoor(cinema, { schemas: exposed })
})
afterAll(() => door.close())

const full = 'return=representation'
const kept = { transactionEnd: 'commit' } as const
const singular = { accept: 'application/vnd.pgrst.object+json' }

describe('an insert', () => {
  test('gives nothing back unless asked', async () => {
    const answer = await door.send('POST /films', { body: { id: 9 } })
    expect(answer).toMatchObject({ status: 201, text: '' })
    expect(answer.headers.has('content-type')).toBe(false)
    expect(answer.headers.has('location')).toBe(false)
    expect(answer.headers.get('content-range')).toBe('*/*')
  })

  test('gives back what it made, embeds included', async () => {
    const body = { id: 9, director_id: 1 }
    const answer = await door.send('POST /films?select=title,directors(name)', { prefer: full, body })
    expect(answer).toMatchObject({ status: 201, body: [{ title: 'untitled', directors: { name: 'Agnès' } }] })
    expect(answer.headers.get('preference-applied')).toBe(full)
  })

  test('takes rows in bulk, of the columns named, a missing key as null or as the default', async () => {
    const body = [{ id: 10, year: 1 }, { id: 11 }]
    const address = 'POST /films?columns=id,title&select=title,year'
    const rows = await door.send(address, { prefer: full, body })
    expect(rows.body).toEqual([
      { title: null, year: null },
      { title: null, year: null },
    ])
    const defaults = await door.send(address, { prefer: `${full}, missing=default`, body })
    expect(defaults.body).toEqual([
      { title: 'untitled', year: null },
      { title: 'untitled', year: null },
    ])
    expect(defaults.headers.get('preference-applied')).toBe('missing=default, return=representation')
  })

  test('of no rows, and of a row of defaults', async () => {
    expect(await door.send('POST /films', { prefer: full, body: [] })).toMatchObject({ status: 201, body: [] })
    const made = await door.send('POST /counters?select=label,hits', { prefer: full, body: {} })
    expect(made).toMatchObject({ status: 201, body: [{ label: null, hits: 0 }] })
  })

  test.each<[string, string, unknown]>([
    [
      'text/csv',
      'id,title\n20,NULL\n21,"a, b"',
      [
        { id: 20, title: null },
        { id: 21, title: 'a, b' },
      ],
    ],
    ['application/x-www-form-urlencoded', 'id=22&title=a+b%21', [{ id: 22, title: 'a b!' }]],
  ])('of %s', async (type, body, rows) => {
    const headers = { 'content-type': type }
    expect(await door.send('POST /films?select=id,title', { prefer: full, headers, body })).toMatchObject({
      status: 201,
      body: rows,
    })
  })

  test('says where the one row is', async () => {
    const body = { film_id: 2, person: 'a b' }
    const inserted = await door.send('POST /people', { prefer: 'return=headers-only', body })
    expect(inserted.headers.get('location')).toBe('/people?film_id=eq.2&person=eq.a%20b')
    const two = await door.send('POST /people', {
      prefer: 'return=headers-only',
      body: [body, { ...body, person: 'c' }],
    })
    expect(two.headers.has('location')).toBe(false)
  })

  test('keeps every digit', async () => {
    const body = '{"id":12,"year":9007199254740993}'
    const { text } = await door.send('POST /films?select=year', { prefer: full, body })
    expect(text).toBe('[{"year":9007199254740993}]')
  })

  test.each<[string, unknown, number, object]>([
    ['keys that differ', [{ id: 1 }, { title: 'x' }], 400, { code: 'PGRST102', message: 'All object keys must match' }],
    ['a list of other things', [1], 400, { code: 'PGRST102', message: 'All object keys must match' }],
    ['no JSON', '{', 400, { code: 'PGRST102', message: 'Empty or invalid json' }],
    ['nothing', '', 400, { code: 'PGRST102', message: 'Empty or invalid json' }],
    [
      'a key that is no column',
      { id: 1, titel: 'x' },
      400,
      { code: 'PGRST204', message: "Could not find the 'titel' column of 'films' in the schema cache" },
    ],
    ['a row that is there', { id: 1 }, 409, { code: '23505' }],
    ['a key that leads nowhere', { id: 9, director_id: 99 }, 409, { code: '23503' }],
    ['a value of another type', { id: 'x' }, 400, { code: '22P02' }],
  ])('is refused: %s', async (_, body, status, said) => {
    expect(await door.send('POST /films', { body })).toMatchObject({ status, body: said })
  })

  test('of a type nobody reads is refused', async () => {
    expect(await door.send('POST /films', { headers: { 'content-type': 'text/plain' }, body: 'x' })).toMatchObject({
      status: 400,
      body: { code: 'PGRST102', message: 'Content-Type not acceptable: text/plain' },
    })
  })
})

function upsert(resolution: string, ids: readonly number[]): Promise<Answer> {
  const body = ids.map((id) => ({ id, title: 'new' }))
  return door.send('POST /films?select=id,title', { prefer: `${full}, resolution=${resolution}`, body })
}

describe('an upsert', () => {
  test('tells inserts from updates', async () => {
    expect((await upsert('merge-duplicates', [1, 20])).status).toBe(201)
    const merged = await upsert('merge-duplicates', [1, 2])
    expect(merged).toMatchObject({
      status: 200,
      body: [
        { id: 1, title: 'new' },
        { id: 2, title: 'new' },
      ],
    })
    expect(merged.headers.get('preference-applied')).toBe(`resolution=merge-duplicates, ${full}`)
    expect(await upsert('ignore-duplicates', [1, 20])).toMatchObject({ status: 201, body: [{ id: 20 }] })
  })

  test('by other columns than the key', async () => {
    const sent = { prefer: `${full}, resolution=merge-duplicates`, body: { label: 'a', hits: 7 } }
    const merged = await door.send('POST /counters?on_conflict=label&select=label,hits', sent)
    expect(merged).toMatchObject({ status: 200, body: [{ label: 'a', hits: 7 }] })
    expect(await door.send('POST /counters?on_conflict=hits', sent)).toMatchObject({
      status: 400,
      body: { code: '42P10' },
    })
  })

  test('of a table without a key is an insert', async () => {
    const answer = await door.send('POST /logs', { prefer: 'resolution=merge-duplicates', body: { line: 'x' } })
    expect(answer.status).toBe(201)
    expect(answer.headers.has('preference-applied')).toBe(false)
  })
})

describe('PUT', () => {
  test('writes the row of its address', async () => {
    expect(await door.send('PUT /films?id=eq.30', { body: { id: 30, title: 'x' } })).toMatchObject({
      status: 204,
      text: '',
    })
    const made = await door.send('PUT /films?id=eq.30&select=id', { prefer: full, body: { id: 30 } })
    expect(made).toMatchObject({ status: 201, body: [{ id: 30 }] })
    const changed = await door.send('PUT /films?id=eq.1&select=title', { prefer: full, body: [{ id: 1, title: 'x' }] })
    expect(changed).toMatchObject({ status: 200, body: [{ title: 'x' }] })
  })

  test.each<[string, number, string]>([
    ['/films?id=eq.31', 400, 'PGRST115'],
    ['/films?title=eq.x', 405, 'PGRST105'],
    ['/films?id=gt.30', 405, 'PGRST105'],
    ['/films?id=eq.30&title=eq.x', 405, 'PGRST105'],
    ['/films?and=(id.eq.30)', 405, 'PGRST105'],
    ['/films', 405, 'PGRST105'],
    ['/films?id=eq.30&limit=1', 400, 'PGRST114'],
    ['/logs?line=eq.x', 405, 'PGRST105'],
  ])('%s is refused: %i %s', async (address, status, code) => {
    const body = address.startsWith('/logs') ? { line: 'x' } : { id: 30 }
    expect(await door.send(`PUT ${address}`, { body })).toMatchObject({ status, body: { code } })
  })
})

describe('an update', () => {
  test('changes the rows it names and counts them', async () => {
    const sent = { prefer: `${full}, count=exact`, body: { title: 'x' } }
    const changed = await door.send('PATCH /films?id=lt.3&select=id&order=id', sent)
    expect(changed).toMatchObject({ status: 200, body: [{ id: 1 }, { id: 2 }] })
    expect(changed.headers.get('content-range')).toBe('0-1/2')
  })

  test('of nothing is no refusal', async () => {
    const none = await door.send('PATCH /films?id=eq.99', { body: { title: 'x' } })
    expect(none).toMatchObject({ status: 204, text: '' })
    expect(none.headers.get('content-range')).toBe('*/*')
    expect(await door.send('PATCH /films?id=eq.1', { prefer: full, body: {} })).toMatchObject({ status: 200, body: [] })
  })

  test('to the defaults of what is missing', async () => {
    const sent = { prefer: `${full}, missing=default`, body: {} }
    const changed = await door.send('PATCH /films?id=eq.1&columns=title&select=title', sent)
    expect(changed.body).toEqual([{ title: 'untitled' }])
  })

  test('never reaches other people’s rows', async () => {
    const mine = await door.send('PATCH /directors?id=eq.2', { prefer: full, body: { name: 'x' } })
    expect(mine).toMatchObject({ status: 200, body: [] })
    expect(await door.send('POST /directors', { body: { id: 3, name: 'x', owner: 'bob' } })).toMatchObject({
      status: 403,
      body: { code: '42501' },
    })
  })
})

describe('a deletion', () => {
  test('gives back what is gone, embeds included', async () => {
    const gone = await door.send('DELETE /people?film_id=eq.1&select=person,films(title)&order=person', {
      prefer: full,
    })
    expect(gone).toMatchObject({
      status: 200,
      body: [
        { person: 'Corinne', films: { title: 'Cléo' } },
        { person: 'José', films: { title: 'Cléo' } },
      ],
    })
    expect(await door.send('DELETE /people?film_id=eq.1')).toMatchObject({ status: 204, text: '' })
  })

  test('of all rows at once is refused where filters are required, as by safeupdate', async () => {
    const required = { config: { requireFilter: true } }
    expect(await door.send('DELETE /people', required)).toMatchObject({
      status: 400,
      body: { code: '21000', message: 'DELETE requires a WHERE clause' },
    })
    expect(await door.send('PATCH /people', { ...required, body: { person: 'x' } })).toMatchObject({
      status: 400,
      body: { code: '21000', message: 'UPDATE requires a WHERE clause' },
    })
    expect(await door.send('DELETE /people')).toMatchObject({ status: 204 })
  })
})

describe('a promise that was not kept undoes what was done', () => {
  test.each<[string, object, number, object]>([
    ['one row', { headers: singular, prefer: full }, 406, { code: 'PGRST116', details: 'The result contains 2 rows' }],
    ['one row, without showing it', { headers: singular }, 406, { code: 'PGRST116' }],
    [
      'at most one',
      { prefer: 'handling=strict, max-affected=1' },
      400,
      { code: 'PGRST124', details: 'The query affects 2 rows' },
    ],
  ])('%s', async (_, sent, status, body) => {
    const asked = { ...sent, config: kept, body: { title: 'lost' } }
    expect(await door.send('PATCH /films?id=lt.3', asked)).toMatchObject({ status, body })
    expect((await door.send('GET /films?title=eq.lost')).body).toEqual([])
  })
})
