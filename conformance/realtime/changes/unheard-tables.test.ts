// What a subscription is told while nothing can be heard of the table that it names, and once it can.

import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { type RunningStack, startStack } from '../../running-stack.ts'
import { versions } from '../clients.ts'
import { tokenOf } from '../token-of.ts'
import { type Ear, listen } from './listen.ts'

let stack: RunningStack
let sql: Client

beforeAll(async () => {
  stack = await startStack({ empty: true })
  sql = new Client(stack.line('DB_URL'))
  await sql.connect()
})

afterAll(async () => {
  await sql.end()
  await stack.stop()
})

const ids = ({ heard }: Ear): readonly unknown[] => (heard[0] ?? []).map(({ new: row }) => row['id'])

async function listensTo(sub: string, table: string, more: object = {}): Promise<Ear> {
  return await listen(stack, await tokenOf(stack, { sub }), [{ event: '*', schema: 'public', table, ...more }])
}

const OK = 'ok Subscribed to PostgreSQL'
const said = ({ notices }: Ear): readonly string[] =>
  notices.map(({ status, message, hint }) => `${status} ${hint ?? message}`)

/** Each statement, and what the listener is told of it; null for nothing. */
async function follows(ear: Ear, steps: readonly (readonly [string, string | null])[]): Promise<void> {
  for (const [statement, notice] of steps) {
    const before = ear.notices.length
    await sql.query(statement)
    if (notice === null) continue
    await ear.until(() => ear.notices.length > before)
    expect(said(ear).at(-1)).toContain(notice)
  }
}

describe('a table that nothing is heard of', () => {
  test('because it left the publication, or goes by another name, is told of once, and so is its return', async () => {
    await sql.query('create table leaving (id int primary key); alter publication supabase_realtime add table leaving')
    await using ear = await listensTo('ada', 'leaving')
    await ear.until(() => ear.notices.length === 1)
    const unpublished =
      'error Changes of public.leaving are not published: alter publication supabase_realtime add table public.leaving'
    await follows(ear, [
      ['alter publication supabase_realtime drop table leaving', unpublished],
      ['alter table leaving add a int', null],
      ['alter publication supabase_realtime add table leaving', OK],
      ['alter table leaving rename to gone', 'there is no table public.leaving'],
      ['alter table gone add b int', null],
      ['alter table gone rename to leaving', OK],
    ])
    await sql.query('insert into leaving values (1)')
    await ear.until(() => ids(ear).includes(1))
    expect(ear.notices.map(({ status }) => status)).toEqual(['ok', 'error', 'ok', 'error', 'ok'])
    expect(ear.statuses).toEqual(['SUBSCRIBED'])
  })

  test('because the role may not select is told of with the grant, whatever else is asked', async () => {
    await sql.query('create table granted (id int primary key); alter publication supabase_realtime add table granted')
    await using ear = await listensTo('ada', 'granted')
    await using filtered = await listensTo('ada', 'granted', { filter: 'id=gt.0' })
    for (const one of [ear, filtered]) await one.until(() => one.notices.length === 1)
    const ungranted =
      'Role authenticated may not select from public.granted: grant select on public.granted to authenticated'
    await follows(ear, [['revoke select on granted from authenticated', `error ${ungranted}`]])
    await filtered.until(() => said(filtered).at(-1)?.endsWith(ungranted) === true)
    await using late = await listensTo('eve', 'granted')
    await late.until(() => late.notices.length === 2)
    expect(said(late)).toEqual([`error ${ungranted}`, OK])
    await follows(ear, [['grant select on granted to authenticated', OK]])
    for (const one of [filtered, late]) await one.until(() => said(one).at(-1) === OK)
    await sql.query('insert into granted values (1)')
    for (const one of [ear, filtered, late]) await one.until(() => ids(one).includes(1))
  })

  test.each(versions)('because no policy is for the role is told of to client %s at the join', async (version) => {
    const table = `closed_${version.replaceAll('.', '_')}`
    await sql.query(`create table ${table} (id int primary key); alter table ${table} enable row level security;
      alter publication supabase_realtime add table ${table}`)
    const item = { event: '*', schema: 'public', table } as const
    await using ear = await listen(stack, await tokenOf(stack, { sub: 'ada' }), [item], version)
    await ear.until(() => ear.notices.length === 2)
    const closed = `Row Level Security is on for public.${table} and no policy lets authenticated read it`
    // As upstream, the subscription is in its place all the same.
    expect(ear.notices).toMatchObject([
      { extension: 'postgres_changes', status: 'error', message: closed },
      { status: 'ok', message: 'Subscribed to PostgreSQL' },
    ])
    await follows(ear, [
      [`create policy none on ${table} as restrictive for select using (true)`, null],
      [`create policy writers on ${table} for insert with check (true)`, null],
      [`create policy readers on ${table} for select to authenticated using (true)`, OK],
      [`insert into ${table} values (1)`, null],
    ])
    await ear.until(() => ids(ear).includes(1))
    expect(ear.notices).toHaveLength(3)
    expect(ear.statuses).toEqual(['SUBSCRIBED'])
  })

  test('is no reason to refuse a join that waits for its changes where it may yet be read', async () => {
    await sql.query(`create table waiting (id int primary key); alter table waiting enable row level security;
      alter publication supabase_realtime add table waiting`)
    const wait = { config: { postgres_changes_options: { wait: true } } }
    await using ear = await listen(stack, null, [{ event: '*', schema: 'public', table: 'waiting' }], '2.119', wait)
    await ear.until(() => ear.notices.length === 2)
    expect(said(ear)[0]).toContain('no policy lets anon read it')
  })

  test('is told of anew with a token of another role, and not again with one of the same', async () => {
    await using ear = await listensTo('ada', 'nowhere')
    await ear.until(() => ear.notices.length === 1)
    await sql.query(`create table nobodys (id int primary key); alter table nobodys enable row level security;
      create policy readers on nobodys for select to authenticated using (true);
      alter publication supabase_realtime add table nobodys`)
    await using other = await listensTo('bob', 'nobodys')
    await other.until(() => other.notices.length === 1)
    for (const round of [1, 2]) await ear.renew(await tokenOf(stack, { sub: 'ada', round }))
    await other.renew(await tokenOf(stack, { role: 'anon', sub: 'bob' }))
    await other.until(() => other.notices.length === 2)
    for (const round of [1, 2]) await other.renew(await tokenOf(stack, { role: 'anon', sub: 'bob', round }))
    await other.renew(await tokenOf(stack, { sub: 'bob' }))
    await other.until(() => said(other).at(-1) === OK)
    await sql.query('create table nowhere (id int); alter publication supabase_realtime add table nowhere')
    await ear.until(() => said(ear).at(-1) === OK)
    expect(ear.notices.map(({ status }) => status)).toEqual(['error', 'ok'])
    expect(said(other)).toEqual([
      OK,
      'error Row Level Security is on for public.nobodys and no policy lets anon read it',
      OK,
    ])
  })
})
