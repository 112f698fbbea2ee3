import { createTestDatabase, type TestDatabase } from '@tenon/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { openDatabase, type OpenDatabase } from '../database/pipeline/open-database.ts'
import { listen } from '../database/pool/listen.ts'
import { type Catalog, findRelation } from './catalog.ts'
import { type CatalogEvent, type CatalogKeeper, createCatalogKeeper } from './catalog-keeper.ts'
import { readCatalog, readSchemaFingerprint } from './read-catalog.ts'

let made: TestDatabase
let database: OpenDatabase
let keeper: CatalogKeeper | undefined

const scope = {
  schemas: ['public'],
  extraSearchPath: [],
  authenticatorRole: 'authenticator',
  hoistedSettings: [],
}

beforeAll(async () => {
  made = await createTestDatabase()
  database = openDatabase({ url: made.url('authenticator'), size: 2 })
})

afterAll(async () => {
  await keeper?.close()
  await database.close()
  await made.drop()
})

/** Settles with the first catalog that satisfies `wanted`. */
function nextCatalog(wanted: (catalog: Catalog) => boolean) {
  const { promise, resolve } = Promise.withResolvers<Catalog>()
  const report = (event: CatalogEvent) => {
    if (event.kind === 'catalog-loaded' && wanted(event.catalog)) resolve(event.catalog)
  }
  return { promise, report }
}

function has(name: string): (catalog: Catalog) => boolean {
  return (catalog) => findRelation(catalog, { schema: 'public', name }) !== undefined
}

function fingerprint(): Promise<string> {
  return readSchemaFingerprint((transaction) => database.run(transaction), scope)
}

test('a table is known soon after it was created, without anybody saying so', async () => {
  const { promise, report } = nextCatalog(has('fresh'))
  keeper = createCatalogKeeper({
    read: (version) => readCatalog((transaction) => database.run(transaction), scope, version),
    listen: (channel, handlers) => listen({ url: made.url('authenticator'), channel, ...handlers }),
    channel: 'pgrst',
    report,
    now: () => performance.now(),
  })
  await keeper.loaded()
  expect(has('fresh')(keeper.current())).toBe(false)
  await made.query('create table public.fresh (id int primary key)')
  const catalog = await promise
  expect(keeper.current()).toBe(catalog)
})

/** Tries again where another file makes a role of the same cluster meanwhile, which is a change, too. */
async function expectSameAfter(work: () => Promise<unknown>): Promise<void> {
  const isSame = async (): Promise<boolean> => {
    const before = await fingerprint()
    await work()
    return (await fingerprint()) === before
  }
  await expect.poll(isSame, { timeout: 10_000 }).toBe(true)
}

test('the fingerprint stays the same until the schema changes', async () => {
  await expectSameAfter(async () => undefined)
  let known = await fingerprint()
  const changes = [
    'create table public.marked (id int)',
    'alter table public.marked add column name text',
    'alter table public.marked rename column name to label',
    'alter table public.marked alter column label set default 1',
    `comment on column public.marked.label is 'text'`,
    'alter table public.marked add primary key (id)',
    'alter table public.marked enable row level security',
    'create policy own on public.marked using (true)',
    'alter policy own on public.marked using (false)',
    'create view public.seen as select id from public.marked',
    'create or replace view public.seen as select id + 0 as id from public.marked',
    'create function public.f(a int) returns int language sql as $$select 1$$',
    'drop function public.f',
    `create type public.mood as enum ('ok')`,
    `alter type public.mood add value 'sad'`,
    'drop table public.marked cascade',
  ]
  for (const change of changes) {
    await made.query(change)
    const found = await fingerprint()
    expect(found, change).not.toBe(known)
    known = found
  }
  await expectSameAfter(
    async () => await made.query('insert into public.fresh select count(*) from public.fresh; analyze public.fresh'),
  )
})
