import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { createTestDatabase } from '@tenon/testing'
import { pino } from 'pino'
import { Registry } from 'prom-client'
import { expect, test } from 'vitest'

import type { CatalogKeeper } from '../../catalog/catalog-keeper.ts'
import { readSchemaFingerprint } from '../../catalog/read-catalog.ts'
import { openDatabase } from '../../database/pipeline/open-database.ts'
import { createHttpServer, type HttpServer } from '../../http/create-http-server.ts'
import type { Identity } from '../../identity/identity.ts'
import { createRestDoor } from '../../rest/handle.ts'
import { readProjectConfig } from '../config/read-project-config.ts'
import { createLiveRest } from './live-rest.ts'
import { openCatalog } from './open-catalog.ts'
import { restConfig } from './rest-config.ts'

const log = pino({ level: 'silent' })

const anybody: Identity = {
  kind: 'identity',
  role: 'authenticated',
  claims: {},
  claimsJson: '{}',
  issuer: null,
  subject: 'ada',
  via: 'token',
  expiresAt: null,
}

interface Served extends AsyncDisposable {
  readonly base: string
  readonly catalog: CatalogKeeper
  query(text: string): Promise<unknown>
  /** How often the whole catalog was read. */
  reads(): number
  /** Differs after any change of what the catalog is read from, the cluster's roles among it. */
  fingerprint(): Promise<string>
}

/** A project's REST door on a port of its own; without event triggers where the database shall keep silent. */
async function serve({ silent }: { readonly silent: boolean }): Promise<Served> {
  const folder = mkdtempSync(join(tmpdir(), 'tenon-catalog-'))
  const made = await createTestDatabase()
  if (silent) {
    await made.query(
      `do $$ declare each name; begin
         for each in select evtname from pg_event_trigger loop execute format('drop event trigger %I', each); end loop;
       end $$`,
      'supabase_admin',
    )
  }
  const config = readProjectConfig(folder, {})
  const connection = made.settings('authenticator')
  const database = openDatabase({ url: made.url('authenticator'), size: 4 })
  const catalog = openCatalog({
    rest: createLiveRest(config.api),
    database,
    connection: { ...connection, url: made.url('authenticator') },
    notifiesOfChanges: true,
    log,
  })
  await catalog.loaded()
  const server = await restServer(
    createRestDoor({
      identify: () => Promise.resolve(anybody),
      catalog,
      database,
      config: restConfig(config, 'http://127.0.0.1'),
      now: () => performance.now(),
      report: ({ cause }) => {
        throw cause
      },
    }),
  )
  const { port } = await server.listen(0, '127.0.0.1')
  return {
    base: `http://127.0.0.1:${port}/rest/v1`,
    catalog,
    query: (text) => made.query(text),
    reads: () => catalog.current().version,
    fingerprint: async () =>
      await readSchemaFingerprint((transaction) => database.run(transaction), {
        schemas: config.api.schemas,
        extraSearchPath: config.api.extraSearchPath,
        authenticatorRole: connection.user,
        hoistedSettings: [],
      }),
    [Symbol.asyncDispose]: async () => {
      await server.close(0)
      await catalog.close()
      await database.close()
      await made.drop()
      rmSync(folder, { recursive: true })
    },
  }
}

function restServer(rest: ReturnType<typeof createRestDoor>): Promise<HttpServer> {
  return createHttpServer({
    rest,
    gate: { checkApiKey: () => {}, checkBrowser: () => {}, requireSecretKey: () => {} },
    guardSecretPaths: false,
    health: () => Promise.resolve({ healthy: true, facts: {} }),
    registry: new Registry(),
    openMetrics: true,
    logger: log,
  })
}

test.each([
  ['that tells of changes', false],
  ['that cannot', true],
])('a table is there for the request after its creation, on a database %s', async (_, silent) => {
  await using served = await serve({ silent })
  for (let time = 0; time < 50; time += 1) {
    await served.query(
      `create table public.fresh_${time} (id int); grant select on public.fresh_${time} to authenticated`,
    )
    const response = await fetch(`${served.base}/fresh_${time}`)
    expect([time, response.status, await response.text()]).toEqual([time, 200, '[]'])
  }
})

test('so is a column, a relationship and a function', async () => {
  await using served = await serve({ silent: true })
  const asked = async (path: string, init: RequestInit = {}): Promise<number> =>
    (await fetch(served.base + path, init)).status
  await served.query(`create table public.a (id int primary key); create table public.b (id int primary key)`)
  await served.query(`grant all on public.a, public.b to authenticated; grant usage on schema public to authenticated`)
  expect(await asked('/a?select=id,b(id)')).toBe(400)
  await served.query('alter table public.b add column a_id int references public.a')
  expect(await asked('/a?select=id,b(id)')).toBe(200)
  const insert = { method: 'POST', body: '{"id":1,"note":"x"}', headers: { 'content-type': 'application/json' } }
  expect(await asked('/a', insert)).toBe(400)
  await served.query('alter table public.a add column note text')
  expect(await asked('/a', insert)).toBe(201)
  expect(await asked('/rpc/one')).toBe(404)
  await served.query('create function public.one() returns int language sql immutable as $$ select 1 $$')
  expect(await asked('/rpc/one')).toBe(200)
})

test('a flood of misses reads no catalog, and is answered', async () => {
  await using served = await serve({ silent: true })
  await fetch(`${served.base}/nowhere`)
  const flood = async (): Promise<{ isSame: boolean; reads: number; statuses: Set<number> }> => {
    const [known, before] = [await served.fingerprint(), served.reads()]
    const asked = Array.from({ length: 300 }, (_, index) => fetch(`${served.base}/nowhere_${index}`))
    const statuses = new Set((await Promise.all(asked)).map(({ status }) => status))
    return { statuses, reads: served.reads() - before, isSame: (await served.fingerprint()) === known }
  }
  let seen = await flood()
  // Once more where another file made a role of the same cluster meanwhile, which is a change.
  while (!seen.isSame) seen = await flood()
  expect(seen).toEqual({ isSame: true, reads: 0, statuses: new Set([404]) })
})
