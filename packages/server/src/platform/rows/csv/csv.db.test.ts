// Files out of and into tables, through the endpoints.

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'

import { ada, openRowsDoor, type RowsDoor } from '../rows.test-support.ts'

const fixture = `
  create table things (id int primary key, name text, price numeric(6, 2), sold boolean default false);
  create table notes (id int primary key, owner text, body text);
  alter table notes enable row level security;
  create policy own on notes to authenticated using (owner = auth.jwt() ->> 'sub');
  create view cheap as select * from things where price < 10;
  create view broken as select 1 / (900000 - id) as quotient from generate_series(1, 1000000) id;
`

let door: RowsDoor
let origin: string

beforeAll(async () => {
  door = await openRowsDoor(fixture)
  origin = await door.server.listen({ host: '127.0.0.1', port: 0 })
})
beforeEach(async () => await door.made.query('truncate things, notes'))
afterAll(() => door.close())

const things = { schema: 'public', name: 'things' }

async function importFile(file: string | readonly string[], query: Record<string, string> = {}) {
  const response = await fetch(`${origin}/rows/import?${new URLSearchParams({ ...things, ...query }).toString()}`, {
    method: 'POST',
    headers: { 'content-type': 'text/csv' },
    body: typeof file === 'string' ? file : new Blob([...file]),
  })
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}

async function exported(body: object): Promise<string> {
  const response = await door.server.inject({ method: 'POST', url: '/rows/export', payload: body })
  expect(response.statusCode).toBe(200)
  return response.body
}

const both = [
  ['as the owner', {}],
  ['as a role', { as: JSON.stringify({ role: 'service_role' }) }],
] as const

describe.each(both)('importing %s', (_who, who) => {
  test('maps the first line to columns and tells NULL from the empty text', async () => {
    const file = 'name,id,price\n"a, ""b""\nc",1,0.10\n"",2,\n,3,7\n'
    expect(await importFile(file, who)).toEqual({ status: 200, body: { imported: 3 } })
    expect(await door.made.query('select * from things order by id')).toEqual([
      { id: 1, name: 'a, "b"\nc', price: '0.10', sold: false },
      { id: 2, name: '', price: null, sold: false },
      { id: 3, name: null, price: '7.00', sold: false },
    ])
  })

  test('names line and column of what does not fit, and keeps nothing', async () => {
    const lines = Array.from({ length: 1200 }, (_, index) => `${index},"two\nlines",1`)
    const file = `id,name,price\n${lines.join('\n')}\nseven,x,1\n`
    expect(await importFile(file, who)).toMatchObject({
      status: 400,
      body: { code: 'platform.csv-refused', line: 2402, column: 'id', message: /^Line 2402, column id: .*seven/ },
    })
    expect(await door.made.query('select * from things')).toEqual([])
  })

  test('refuses a line with too few fields', async () => {
    expect(await importFile('id,name\n1,a\n2\n', who)).toMatchObject({
      status: 400,
      body: { code: 'platform.csv-refused', line: 3 },
    })
  })

  test('refuses a row that a constraint refuses', async () => {
    expect(await importFile('id,name\n1,a\n1,b\n', who)).toMatchObject({
      status: 400,
      body: { code: 'platform.csv-refused', line: 3, message: /duplicate/ },
    })
  })

  test('leaves fields out that have no column', async () => {
    const query = { ...who, columns: JSON.stringify(['id', null, 'name']) }
    expect(await importFile('a,b,c\n1,2,3\n', query)).toMatchObject({ status: 200 })
    expect(await door.made.query('select id, name from things')).toEqual([{ id: 1, name: '3' }])
  })

  test('takes tabs and a byte order mark', async () => {
    expect(await importFile('\uFEFFid\tname\n1\tx\n', { ...who, delimiter: '\t' })).toMatchObject({ status: 200 })
    expect(await door.made.query('select id, name from things')).toEqual([{ id: 1, name: 'x' }])
  })
})

describe('importing', () => {
  test.each([
    ['', 'The file has no first line'],
    ['id,nope\n', 'no column "nope"'],
    ['id,id\n', 'comes twice'],
  ])('refuses the header of %j', async (file, message) => {
    expect(await importFile(file)).toMatchObject({
      status: 400,
      body: { code: 'platform.csv-header', message: expect.stringContaining(message) },
    })
  })

  test('asks the policies about every row', async () => {
    const query = { name: 'notes', as: JSON.stringify(ada) }
    expect(await importFile('id,owner\n1,ada\n2,ada\n', query)).toMatchObject({ body: { imported: 2 } })
    expect(await importFile('id,owner\n3,ada\n4,bob\n', query)).toMatchObject({
      status: 400,
      body: { code: 'platform.csv-refused', line: 3, message: /row-level security/ },
    })
    expect(await door.made.query('select id from notes order by id')).toEqual([{ id: 1 }, { id: 2 }])
  })

  test('into a view is refused', async () => {
    expect(await importFile('id\n1\n', { name: 'cheap' })).toMatchObject({
      status: 409,
      body: { code: 'platform.rows-unnamed' },
    })
  })

  test('that breaks off leaves nothing behind', async () => {
    const abort = new AbortController()
    const lines = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(new TextEncoder().encode('id,name\n1,a\n'))
      },
      pull() {
        abort.abort()
      },
    })
    const sent = fetch(`${origin}/rows/import?schema=public&name=things`, {
      method: 'POST',
      headers: { 'content-type': 'text/csv' },
      body: lines,
      duplex: 'half',
      signal: abort.signal,
    })
    await expect(sent).rejects.toThrow(/abort/)
    await expect.poll(idleInTransaction).toBe(0)
    expect(await door.made.query('select * from things')).toEqual([])
  })
})

/** Connections of the endpoints that hold a transaction. */
async function idleInTransaction(): Promise<unknown> {
  const [row] = await door.made.query(`
    select count(*)::int from pg_stat_activity
    where application_name = 'tenon studio' and datname = current_database() and xact_start is not null`)
  return row?.['count']
}

describe('exporting', () => {
  beforeEach(async () => {
    await door.made.query(
      `insert into things values (1, 'a, "b"', 1.5, true), (2, '', null, false), (3, null, 2, null)`,
    )
  })

  test('writes what importing reads', async () => {
    const file = await exported({ table: things, sort: [{ column: 'id' }] })
    expect(file).toBe('id,name,price,sold\n1,"a, ""b""",1.50,true\n2,"",,false\n3,,2.00,\n')
    await door.made.query('truncate things')
    expect(await importFile(file)).toMatchObject({ body: { imported: 3 } })
    expect(await exported({ table: things, sort: [{ column: 'id' }] })).toBe(file)
  })

  test('keeps to the filters, the columns and the order', async () => {
    const filters = [{ column: 'name', operator: 'contains', value: `"b"` }]
    expect(await exported({ table: things, filters, columns: ['name'] })).toBe('name\n"a, ""b"""\n')
    const sort = [{ column: 'id', descending: true }]
    expect(await exported({ table: things, columns: ['id'], sort })).toBe('id\n3\n2\n1\n')
    expect(await exported({ table: things, filters: [{ column: 'name', operator: '=', value: `'\\'; drop` }] })).toBe(
      'id,name,price,sold\n',
    )
  })

  test('keeps to the policies of a role', async () => {
    await door.made.query(`insert into notes values (1, 'ada', 'x'), (2, 'bob', 'y')`)
    expect(await exported({ table: { schema: 'public', name: 'notes' }, as: ada })).toBe('id,owner,body\n1,ada,x\n')
  })

  test('refuses a value that is none of the type before anything is sent', async () => {
    const filters = [{ column: 'price', operator: '>', value: 'dear' }]
    expect(await door.ask('export', { table: things, filters })).toMatchObject({
      status: 400,
      body: { code: 'platform.value-refused', column: 'price' },
    })
  })

  test('that is left before its end gives its connection back', async () => {
    await door.made.query(`insert into things select id, repeat('x', 500) from generate_series(10, 100000) id`)
    const abort = new AbortController()
    const response = await fetch(`${origin}/rows/export`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ table: things }),
      signal: abort.signal,
    })
    expect(await response.body?.getReader().read()).toMatchObject({ done: false })
    abort.abort()
    await expect.poll(idleInTransaction).toBe(0)
  })

  test('that Postgres breaks off does not look complete', async () => {
    const response = await fetch(`${origin}/rows/export`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ table: { schema: 'public', name: 'broken' } }),
    })
    await expect(response.text()).rejects.toThrow(/terminated/)
    await expect.poll(idleInTransaction).toBe(0)
  })
})
