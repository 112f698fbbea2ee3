import { createTestDatabase, type TestDatabase } from '@tenon/testing'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

let database: TestDatabase
let admin: Client

beforeAll(async () => {
  database = await createTestDatabase()
  admin = new Client(database.settings('supabase_admin'))
  await admin.connect()
  await database.query('create table public.watched (id int primary key)')
})
afterAll(async () => {
  await admin.end()
  await database.drop()
})

/** The logical messages that come with the transaction of `text`, in the order of the WAL. */
async function marks(text: string): Promise<unknown[]> {
  const slot = `marks_${crypto.randomUUID().replaceAll('-', '')}`
  await admin.query('select pg_create_logical_replication_slot($1, $2)', [slot, 'pgoutput'])
  try {
    // The test cluster commits without waiting for its WAL, and a slot reads no further than what was written.
    await database.query(`set synchronous_commit = on; ${text}`)
    const { rows } = await admin.query<{ data: Buffer }>(
      `select data from pg_logical_slot_peek_binary_changes($1, null, null,
         'proto_version', '1', 'publication_names', 'supabase_realtime', 'messages', 'true')`,
      [slot],
    )
    return rows.filter(({ data }) => data.toString('latin1', 0, 1) === 'M').map(({ data }) => prefixOf(data))
  } finally {
    await admin.query('select pg_drop_replication_slot($1)', [slot])
  }
}

/** Message: its letter, flags and LSN, then the prefix, ended by a zero byte. */
function prefixOf(message: Buffer): string {
  const start = 1 + 1 + 8
  return message.toString('utf8', start, message.indexOf(0, start))
}

describe('the WAL is marked by', () => {
  it.each([
    'create table public.other (id int)',
    'alter table public.watched add column name text',
    'alter table public.watched replica identity full',
    'alter table public.watched enable row level security',
    'create policy p on public.watched using (true)',
    'alter policy p on public.watched using (false)',
    'drop policy p on public.watched',
    'grant select on public.watched to anon',
    'revoke select on public.watched from anon',
    'alter publication supabase_realtime add table public.watched',
    'create function public.member() returns boolean language sql as $$ select true $$',
    'drop function public.member()',
    'drop table public.other',
  ])('%s', async (text) => {
    expect(new Set(await marks(text))).toEqual(new Set(['tenon.schema']))
  })
})

describe('the WAL is not marked by', () => {
  it.each([
    'insert into public.watched values (1)',
    'create index on public.watched (id)',
    'create temporary table passing (id int); drop table passing',
    `comment on table public.watched is 'seen'`,
  ])('%s', async (text) => {
    expect(await marks(text)).toEqual([])
  })
})

it('a mark goes with its transaction', async () => {
  expect(await marks('begin; grant select on public.watched to anon; rollback')).toEqual([])
})
