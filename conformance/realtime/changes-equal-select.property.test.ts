// What each identity hears of random writes, held against what `select` shows the same identity before and after them.

import { array, assert, asyncProperty, boolean, constantFrom, integer, oneof, record, constant } from 'fast-check'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { type RunningStack, startStack } from '../running-stack.ts'
import { type Ear, listen } from './changes/listen.ts'
import { tokenOf } from './token-of.ts'

const MIGRATION = `
  create table grants (person text, topic text, primary key (person, topic));
  insert into grants values ('ada', 'news'), ('cyd', 'news'), ('cyd', 'sport');
  grant select on grants to authenticated;
  create table papers (
    id int generated always as identity primary key, owner text, org text, topic text, is_public boolean, pages int, title text
  );
  alter table papers replica identity full;
  alter table papers enable row level security;
  create policy own on papers for select to authenticated using ((select auth.jwt() ->> 'sub') = owner);
  create policy org on papers for select to authenticated using ((auth.jwt() -> 'o' ->> 'id') = org and pages < 9);
  create policy anybody on papers for select to anon, authenticated using (is_public);
  create policy topics on papers for select to authenticated
    using (topic in (select g.topic from grants g where g.person = (select auth.jwt() ->> 'sub')));
  alter publication supabase_realtime add table papers;
`

interface Person {
  readonly role: string
  readonly claims: Readonly<Record<string, unknown>>
}

const PEOPLE: readonly Person[] = [
  { role: 'authenticated', claims: { sub: 'ada', o: { id: 'red' } } },
  { role: 'authenticated', claims: { sub: 'bob', o: { id: 'red' } } },
  { role: 'authenticated', claims: { sub: 'cyd', o: { id: 'blue' } } },
  { role: 'anon', claims: {} },
  { role: 'service_role', claims: {} },
]
/** As subscribed, and as SQL says it. */
const FILTERS = [
  { filter: undefined, where: 'true' },
  { filter: 'pages=gte.5', where: 'pages >= 5' },
  { filter: 'owner=eq.ada', where: `owner = 'ada'` },
  { filter: 'title=ilike.a%,org=not.eq.red', where: `title ilike 'a%' and not org = 'red'` },
] as const

interface Listening {
  readonly person: Person
  readonly where: string
  readonly ear: Ear
  readonly expected: string[]
}

const paper = record({
  owner: constantFrom('ada', 'bob', 'cyd', null),
  org: constantFrom('red', 'blue', null),
  topic: constantFrom('news', 'sport', 'weather', null),
  is_public: oneof({ weight: 4, arbitrary: constant(false) }, { weight: 1, arbitrary: boolean() }),
  pages: integer({ min: 0, max: 10 }),
  title: constantFrom('a', 'Ab', 'b', 'ä'),
})
const write = oneof(
  { weight: 3, arbitrary: record({ kind: constant('INSERT' as const), paper }) },
  { weight: 4, arbitrary: record({ kind: constant('UPDATE' as const), paper, pick: integer({ min: 0, max: 99 }) }) },
  { weight: 1, arbitrary: record({ kind: constant('DELETE' as const), pick: integer({ min: 0, max: 99 }) }) },
)
const COLUMNS = ['owner', 'org', 'topic', 'is_public', 'pages', 'title'] as const

let stack: RunningStack
let sql: Client
let listening: readonly Listening[]
let ids: number[] = []

beforeAll(async () => {
  stack = await startStack({ empty: true })
  sql = new Client(stack.line('DB_URL'))
  await sql.connect()
  await sql.query(MIGRATION)
  listening = await Promise.all(
    PEOPLE.flatMap((person) =>
      FILTERS.map(async ({ filter, where }) => {
        const item = { event: '*', schema: 'public', table: 'papers', ...(filter !== undefined && { filter }) } as const
        const token = await tokenOf(stack, { ...person.claims, role: person.role })
        return { person, where, ear: await listen(stack, token, [item]), expected: [] }
      }),
    ),
  )
})

afterAll(async () => {
  for (const { ear } of listening) await ear[Symbol.asyncDispose]()
  await sql.end()
  await stack.stop()
})

/** The ids of these rows that the identity sees and the filter takes. */
async function seen({ person, where }: Listening, among: readonly number[]): Promise<ReadonlySet<number>> {
  await sql.query('begin')
  await sql.query(`select set_config('request.jwt.claims', $1, true), set_config('role', $2, true)`, [
    JSON.stringify({ ...person.claims, role: person.role }),
    person.role,
  ])
  const { rows } = await sql.query<{ id: number }>(`select id from papers where id = any($1) and ${where}`, [among])
  await sql.query('commit')
  return new Set(rows.map(({ id }) => id))
}

interface Written {
  readonly kind: 'INSERT' | 'UPDATE' | 'DELETE'
  readonly id: number
}

interface Write {
  readonly kind: Written['kind']
  readonly paper?: Readonly<Record<(typeof COLUMNS)[number], unknown>>
  readonly pick?: number
}

interface Planned extends Write {
  readonly id: number | null
}

/** Which rows the transaction writes, each once; rows that are to be made have no id yet. */
function plan(writes: readonly Write[]): readonly Planned[] {
  const free = [...ids]
  return writes.flatMap((one): readonly Planned[] => {
    if (one.kind === 'INSERT') return [{ ...one, id: null }]
    const [id] = free.length === 0 ? [] : free.splice((one.pick ?? 0) % free.length, 1)
    return id === undefined ? [] : [{ ...one, id }]
  })
}

async function perform({ kind, paper: values, id }: Planned): Promise<Written> {
  const cells = COLUMNS.map((column) => values?.[column] ?? null)
  if (kind === 'INSERT') {
    const text = `insert into papers (${COLUMNS.join(', ')}) values ($1, $2, $3, $4, $5, $6) returning id`
    return { kind, id: (await sql.query<{ id: number }>(text, cells)).rows[0]?.id ?? 0 }
  }
  const text = `update papers set (${COLUMNS.join(', ')}) = ($2, $3, $4, $5, $6, $7) where id = $1`
  await (kind === 'UPDATE' ? sql.query(text, [id, ...cells]) : sql.query('delete from papers where id = $1', [id]))
  return { kind, id: id ?? 0 }
}

async function transact(writes: readonly Write[]): Promise<void> {
  const planned = plan(writes)
  const touched = planned.flatMap(({ id }) => (id === null ? [] : [id]))
  const before = await seenByAll(touched)
  await sql.query('begin')
  const written: Written[] = []
  for (const one of planned) written.push(await perform(one))
  await sql.query('commit')
  const after = await seenByAll(written.map(({ id }) => id))
  ids = [...ids, ...written.filter(({ kind }) => kind === 'INSERT').map(({ id }) => id)]
  ids = ids.filter((id) => !written.some((one) => one.kind === 'DELETE' && one.id === id))
  listening.forEach(({ expected }, at) => {
    for (const { kind, id } of written) {
      const visible = kind === 'DELETE' ? before[at] : after[at]
      if (visible?.has(id) === true) expected.push(`${kind} ${id}`)
    }
  })
}

async function seenByAll(among: readonly number[]): Promise<readonly ReadonlySet<number>[]> {
  const all: ReadonlySet<number>[] = []
  for (const each of listening) all.push(await seen(each, among))
  return all
}

const heardBy = ({ ear }: Listening): readonly string[] =>
  (ear.heard[0] ?? []).map(({ eventType, new: row, old }) => `${eventType} ${String(row['id'] ?? old['id'])}`)

/** A row that everybody sees through every filter comes last, so that nothing is on its way any more. */
async function settle(): Promise<void> {
  await transact([
    { kind: 'INSERT', paper: { owner: 'ada', org: 'blue', topic: null, is_public: true, pages: 8, title: 'a' } },
  ])
  for (const each of listening) await each.ear.until(() => heardBy(each).includes(each.expected.at(-1) ?? ''))
}

test('nobody hears more than she may select, or less, and in the order of the commits', async () => {
  await assert(
    asyncProperty(
      array(array(write, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 6 }),
      async (transactions) => {
        for (const writes of transactions) await transact(writes)
        await settle()
        for (const each of listening) {
          expect(heardBy(each), `${JSON.stringify(each.person)} where ${each.where}`).toEqual(each.expected)
        }
      },
    ),
    { numRuns: 15, endOnFailure: true },
  )
  expect(listening.every(({ expected }) => expected.length > 15)).toBe(true)
})
