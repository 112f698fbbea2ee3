import { afterAll, beforeAll, expect, test } from 'vitest'
import { Client } from 'pg'
import { isRefusal } from '../../refusal/refusal.ts'
import type { RefusalCode } from '../../refusal/refusal.ts'
import type { Sql } from '../sql.ts'
import type { Setting, Statement, Transaction } from '../statement.ts'
import { createTestDatabase } from '@tenon/testing'
import type { TestDatabase } from '@tenon/testing'
import { startCuttableProxy } from './cuttable-proxy.test-support.ts'
import { openDatabase } from './open-database.ts'
import type { OpenDatabase } from './open-database.ts'

let made: TestDatabase
let url: string
let owner: Client
let database: OpenDatabase

beforeAll(async () => {
  made = await createTestDatabase()
  url = made.url('authenticator')
  owner = new Client(made.settings())
  await owner.connect()
  await owner.query(FIXTURE)
  database = openDatabase({ url, size: 1 })
})

afterAll(async () => {
  await database.close()
  await owner.end()
  await made.drop()
})

const FIXTURE = `
  create table public.notes (id int primary key, owner text not null, body text);
  alter table public.notes enable row level security;
  grant all on public.notes to authenticated;
  create policy own on public.notes to authenticated
    using (owner = (select current_setting('request.jwt.claims', true)::json ->> 'sub'));
  insert into public.notes values (1, 'ada', 'hers'), (2, 'bob', 'his'), (3, 'ada', null);
  create table public.children (id int primary key,
    note int references public.notes deferrable initially deferred);
  grant all on public.children to authenticated;
  create function public.write_note() returns int language sql volatile as
    $$ insert into public.notes values (99, 'ada', 'written') returning id $$;
`

function statement(text: string, values: readonly (string | null)[] = []): Statement {
  return { kind: 'statement', text: text as Sql, values }
}

function as(sub: string, statements: readonly Statement[], more: Partial<Transaction> = {}): Transaction {
  const settings: readonly Setting[] = [['request.jwt.claims', JSON.stringify({ sub })]]
  return { kind: 'transaction', role: 'authenticated', settings, readOnly: false, statements, end: 'commit', ...more }
}

async function refusalOf(promise: Promise<unknown>): Promise<{ code: RefusalCode; detail: unknown }> {
  try {
    await promise
  } catch (thrown) {
    if (isRefusal(thrown)) return { code: thrown.code, detail: thrown.detail }
    throw thrown
  }
  throw new Error('nothing was refused')
}

const OWN_IDS = statement('select id from public.notes order by id')

test('rows come back as Postgres prints them, with their columns and their count', async () => {
  const [rows] = await database.run(as('ada', [statement('select id, body from public.notes order by id')]))
  expect(rows).toEqual({
    columns: ['id', 'body'],
    rows: [
      ['1', 'hers'],
      ['3', null],
    ],
    count: 2,
  })
})

test('two identities on one connection each see their own rows, also through the same prepared statement', async () => {
  for (const round of [1, 2, 3, 4, 5, 6, 7]) {
    const [ada] = await database.run(as('ada', [OWN_IDS]))
    const [bob] = await database.run(as('bob', [OWN_IDS]))
    expect([round, ada?.rows, bob?.rows]).toEqual([round, [['1'], ['3']], [['2']]])
  }
})

test('nothing of a request is left on the connection, whether it succeeded or failed', async () => {
  const settings: readonly Setting[] = [
    ['request.jwt.claims', '{"sub":"ada"}'],
    ['search_path', '"elsewhere"'],
  ]
  await database.run(as('ada', [OWN_IDS], { settings }))
  await refusalOf(database.run(as('ada', [statement('select 1/0')], { settings })))
  const seen = statement(
    `select current_user, current_setting('request.jwt.claims', true), current_setting('search_path')`,
  )
  const [rows] = await database.run(as('', [seen], { role: 'anon', settings: [] }))
  expect(rows?.rows).toEqual([['anon', '', '"$user", public']])
})

test('settings before the role may need more than the role has', async () => {
  const seen = statement(`select current_user, current_setting('statement_timeout')`)
  const [rows] = await database.run(as('ada', [seen], { settingsBeforeRole: [['statement_timeout', '1234']] }))
  expect(rows?.rows).toEqual([['authenticated', '1234ms']])
})

test('a role the login role is no member of is refused by Postgres', async () => {
  const { code, detail } = await refusalOf(database.run(as('ada', [OWN_IDS], { role: 'postgres' })))
  expect(code).toBe('postgres.error')
  expect(detail).toMatchObject({ sqlstate: '42501', role: 'postgres' })
})

test('a refusal of Postgres is passed on whole and undoes the statements before it', async () => {
  const insert = statement(`insert into public.children values ($1)`, ['50'])
  const { code, detail } = await refusalOf(database.run(as('ada', [insert, insert])))
  expect(code).toBe('postgres.error')
  expect(detail).toEqual({
    sqlstate: '23505',
    message: 'duplicate key value violates unique constraint "children_pkey"',
    detail: 'Key (id)=(50) already exists.',
    hint: null,
    role: 'authenticated',
  })
  const [rows] = await database.run(as('ada', [statement('select id from public.children where id = $1', ['50'])]))
  expect(rows?.rows).toEqual([])
})

test.each([
  ['a volatile function that writes', 'select public.write_note()'],
  ['an insert', `insert into public.notes values (98, 'ada', '')`],
])('%s is refused in a read-only transaction', async (_what, text) => {
  const { detail } = await refusalOf(database.run(as('ada', [statement(text)], { readOnly: true })))
  expect(detail).toMatchObject({ sqlstate: '25006' })
})

test('a read-only transaction cannot be turned back by SQL', async () => {
  const turn = statement(`select set_config('transaction_read_only', 'off', true)`)
  const { detail } = await refusalOf(database.run(as('ada', [turn], { readOnly: true })))
  expect(detail).toMatchObject({ sqlstate: '25001' })
})

test.each(['repeatable read', 'serializable'] as const)('a transaction may ask for %s', async (isolation) => {
  const seen = statement(`select current_setting('transaction_isolation')`)
  const [rows] = await database.run(as('ada', [seen], { isolation }))
  expect(rows?.rows).toEqual([[isolation]])
  const [after] = await database.run(as('ada', [seen]))
  expect(after?.rows).toEqual([['read committed']])
})

test('an error inside an explicit transaction leaves the connection usable', async () => {
  const { detail } = await refusalOf(database.run(as('ada', [statement('select 1/0')], { isolation: 'serializable' })))
  expect(detail).toMatchObject({ sqlstate: '22012' })
  expect(await database.run(as('ada', [OWN_IDS]))).toHaveLength(1)
})

test('a transaction that ends in a rollback returns its rows and keeps nothing', async () => {
  const insert = statement(`insert into public.notes values (60, 'ada', 'gone') returning id`)
  const [rows] = await database.run(as('ada', [insert], { end: 'rollback' }))
  expect(rows).toEqual({ columns: ['id'], rows: [['60']], count: 1 })
  const [after] = await database.run(as('ada', [statement('select id from public.notes where id = 60')]))
  expect(after?.count).toBe(0)
})

const ORPHAN = statement('insert into public.children values (1, 12345)')

test.each([
  ['commits', { end: 'commit' }],
  ['rolls back', { end: 'rollback' }],
  ['commits after a BEGIN', { end: 'commit', isolation: 'repeatable read' }],
] as const)('a deferred constraint speaks when the transaction %s', async (_how, more) => {
  const { detail } = await refusalOf(database.run(as('ada', [ORPHAN], more)))
  expect(detail).toMatchObject({ sqlstate: '23503' })
})

test('a decision that throws undoes the transaction and is rethrown', async () => {
  const insert = statement(`insert into public.notes values (70, 'ada', 'undecided')`)
  const decided = database.runThen(as('ada', [insert]), ([rows]) => {
    throw new RangeError(`saw ${rows?.count}`)
  })
  await expect(decided).rejects.toThrow(new RangeError('saw 1'))
  const [after] = await database.run(as('ada', [statement('select id from public.notes where id = 70')]))
  expect(after?.count).toBe(0)
})

test('a decision that returns commits, unless the transaction ends in a rollback', async () => {
  const insert = statement(`insert into public.notes values (71, 'ada', '') returning id`)
  const count = statement('select id from public.notes where id = 71')
  expect(await database.runThen(as('ada', [insert], { end: 'rollback' }), ([rows]) => rows?.rows)).toEqual([['71']])
  expect((await database.run(as('ada', [count])))[0]?.count).toBe(0)
  expect(await database.runThen(as('ada', [insert]), ([rows]) => rows?.rows)).toEqual([['71']])
  expect((await database.run(as('ada', [count])))[0]?.count).toBe(1)
})

test('a decision is not asked where a statement failed, and a failing commit is a refusal', async () => {
  let asked = 0
  const decide = (): number => ++asked
  await refusalOf(database.runThen(as('ada', [statement('select 1/0')]), decide))
  expect(asked).toBe(0)
  const { detail } = await refusalOf(database.runThen(as('ada', [ORPHAN]), decide))
  expect(detail).toMatchObject({ sqlstate: '23503' })
  expect(asked).toBe(1)
})

test('a transaction block that SQL left open does not meet the next request', async () => {
  await database.run(as('ada', [statement('begin'), statement(`set local search_path to elsewhere`)]))
  const [rows] = await database.run(as('ada', [statement(`select current_setting('search_path')`)]))
  expect(rows?.rows).toEqual([['"$user", public']])
})

test('a table that changes under a prepared statement is read in its new form', async () => {
  const all = statement('select * from public.changing')
  await owner.query('create table public.changing (a int); grant select on public.changing to authenticated')
  const run = async (): Promise<readonly string[] | undefined> => (await database.run(as('ada', [all])))[0]?.columns
  expect(await run()).toEqual(['a'])
  await owner.query('alter table public.changing add column b int')
  expect(await run()).toEqual(['a', 'b'])
  await owner.query('alter table public.changing drop column a')
  expect((await database.run(as('ada', [all], { end: 'rollback' })))[0]?.columns).toEqual(['b'])
})

test('prepared statements that vanish from the session are prepared again', async () => {
  await database.run(as('ada', [OWN_IDS]))
  await database.run(as('ada', [statement('deallocate all')]))
  const [rows] = await database.run(as('ada', [OWN_IDS]))
  expect(rows?.columns).toEqual(['id'])
})

test('a statement that fails at first is run when it can be', async () => {
  const read = statement('select * from public.later')
  const { detail } = await refusalOf(database.run(as('ada', [OWN_IDS, read])))
  expect(detail).toMatchObject({ sqlstate: '42P01' })
  await owner.query('create table public.later (a int); grant select on public.later to authenticated')
  expect((await database.run(as('ada', [OWN_IDS, read])))[1]?.columns).toEqual(['a'])
})

test('the same new statement twice in one transaction gives columns both times', async () => {
  const twice = statement('select 7 as seven')
  const results = await database.run(as('ada', [twice, twice]))
  expect(results.map((rows) => rows.columns)).toEqual([['seven'], ['seven']])
})

test('a connection keeps no more prepared statements than its limit', async () => {
  const small = openDatabase({ url, size: 1, preparedStatements: 5 })
  for (let number = 0; number < 30; number++) await small.run(as('ada', [statement(`select ${number}`)]))
  const [rows] = await small.run(as('ada', [statement('select count(*)::int <= 6 from pg_prepared_statements')]))
  expect(rows?.rows).toEqual([['t']])
  await small.close()
})

test('with prepared statements switched off none is left behind', async () => {
  const bare = openDatabase({ url, size: 1, preparedStatements: 0 })
  for (const round of [1, 2])
    expect([round, (await bare.run(as('ada', [OWN_IDS])))[0]?.columns]).toEqual([round, ['id']])
  const [rows] = await bare.run(as('ada', [statement(`select name from pg_prepared_statements where name <> ''`)]))
  expect(rows?.count).toBe(0)
  await bare.close()
})

test('a large value, a NULL and text outside ASCII travel unharmed', async () => {
  const big = 'ß𝄞'.repeat(200_000)
  const [rows] = await database.run(as('ada', [statement('select $1::text, $2::text, $3::text', [big, null, ''])]))
  expect(rows?.rows[0]?.[0]).toBe(big)
  expect(rows?.rows[0]?.slice(1)).toEqual([null, ''])
})

test('more parameters than the protocol can count are refused before anything is sent', async () => {
  const many = statement(
    'select 1',
    Array.from({ length: 70_000 }, () => '1'),
  )
  const { detail } = await refusalOf(database.run(as('ada', [many])))
  expect(detail).toMatchObject({ sqlstate: '54023' })
})

test('a statement that runs past its timeout is a refusal of Postgres and costs no connection', async () => {
  const slow = as('ada', [statement('select pg_sleep(10)')], { settingsBeforeRole: [['statement_timeout', '30']] })
  expect((await refusalOf(database.run(slow))).detail).toMatchObject({ sqlstate: '57014' })
  expect(database.gauge()).toMatchObject({ open: 1, idle: 1 })
})

const SLEEPERS = `select count(pg_terminate_backend(pid)) from pg_stat_activity
  where query like '%pg_sleep(11)%' and pid <> pg_backend_pid() and state = 'active' and datname = current_database()`

const SLEEPING = `select from pg_stat_activity where query like '%pg_sleep(11)%' and pid <> pg_backend_pid()
  and state = 'active' and datname = current_database()`

async function sleeperToBegin(): Promise<void> {
  while ((await owner.query(SLEEPING)).rowCount === 0);
}

async function endSleeper(): Promise<void> {
  for (let ended = '0'; ended === '0';) ended = (await owner.query<{ count: string }>(SLEEPERS)).rows[0]?.count ?? '0'
}

test('a session that an administrator ends is told in his words and its connection is replaced', async () => {
  const outcome = refusalOf(database.run(as('ada', [statement('select pg_sleep(11)')])))
  await endSleeper()
  expect((await outcome).detail).toMatchObject({ sqlstate: '57P01' })
  const [rows] = await database.run(as('ada', [OWN_IDS]))
  expect(rows?.columns).toEqual(['id'])
})

test('a connection that breaks off mid-request is lost and not used again', async () => {
  const address = new URL(url)
  const cut = await startCuttableProxy(Number(address.port), address.hostname)
  const far = openDatabase({ url, host: '127.0.0.1', port: cut.port, size: 1 })
  await far.run(as('ada', [OWN_IDS]))
  const outcome = refusalOf(far.run(as('ada', [statement('select pg_sleep(11)')])))
  await sleeperToBegin()
  cut.cut()
  expect((await outcome).code).toBe('postgres.connection-lost')
  expect((await far.run(as('ada', [OWN_IDS])))[0]?.count).toBeGreaterThan(0)
  await endSleeper()
  await far.close()
  await cut.close()
})

test('a pool with nothing free in time says so', async () => {
  const tight = openDatabase({ url, size: 1, acquireTimeout: 60 })
  await tight.run(as('ada', [OWN_IDS]))
  const held = tight.run(as('ada', [statement('select pg_sleep(0.3)')]))
  expect(await refusalOf(tight.run(as('ada', [OWN_IDS])))).toEqual({
    code: 'postgres.pool-timeout',
    detail: { waited: 60 },
  })
  await held
  await tight.close()
})

test('where nothing listens or nobody may sign in, Postgres is unreachable', async () => {
  for (const more of [{ port: 1 }, { user: 'nobody_at_all' }]) {
    const nowhere = openDatabase({ url, host: '127.0.0.1', ...more })
    expect((await refusalOf(nowhere.run(as('ada', [OWN_IDS])))).code).toBe('postgres.unreachable')
    await nowhere.close()
  }
})

test('many requests at once over few connections keep their identities apart', async () => {
  const few = openDatabase({ url, size: 3 })
  const who = Array.from({ length: 300 }, (_, index) => (index % 3 === 0 ? 'bob' : index % 3 === 1 ? 'ada' : 'none'))
  const owners = statement('select distinct owner from public.notes')
  const seen = await Promise.all(who.map((sub) => few.run(as(sub, [owners]))))
  expect(seen.map(([rows]) => rows?.rows)).toEqual(who.map((sub) => (sub === 'none' ? [] : [[sub]])))
  await few.close()
})

async function backend(of: OpenDatabase): Promise<string | null | undefined> {
  const [found] = await of.run(as('ada', [statement('select pg_backend_pid()')]))
  return found?.rows[0]?.[0]
}

test('no connection of before is used again after it was told to renew them', async () => {
  await using renewed = disposable(openDatabase({ url, size: 1 }))
  const [first, second] = [await backend(renewed), await backend(renewed)]
  expect(second).toBe(first)
  renewed.renew()
  expect(await backend(renewed)).not.toBe(first)
})

test('a connection in use when told to renew finishes its work', async () => {
  await using renewed = disposable(openDatabase({ url, size: 1 }))
  await backend(renewed)
  const slow = renewed.run(as('ada', [statement(`select pg_sleep(0.05), pg_backend_pid()`)]))
  renewed.renew()
  const [found] = await slow
  expect(await backend(renewed)).not.toBe(found?.rows[0]?.[1])
})

test('a connection that has lived its time is replaced', async () => {
  await using shortLived = disposable(openDatabase({ url, size: 1, lifetime: 1 }))
  const first = await backend(shortLived)
  await expect.poll(() => backend(shortLived)).not.toBe(first)
})

function disposable(opened: OpenDatabase): OpenDatabase & AsyncDisposable {
  return Object.assign(opened, { [Symbol.asyncDispose]: () => opened.close() })
}
