// Vitest's global setup for tests against a database: one Postgres for the whole run with one bootstrapped template
// database. It is an embedded one in a temporary folder, or the one that TEST_DATABASE_URL names; either way nothing
// of it is left afterwards.

import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

import { bootstrap } from '../../server/src/database/bootstrap/bootstrap.ts'
import { type Engine, loginRoles } from '../../server/src/database/engines/engine.ts'
import { startEmbedded } from '../../server/src/database/engines/embedded/start-embedded.ts'
import { connectExternal } from '../../server/src/database/engines/external/connect-external.ts'
import { withClient } from '../../server/src/database/engines/with-client.ts'
import { identifier } from '../../server/src/database/sql.ts'
import { announceTestCluster, type TestCluster } from './test-cluster.ts'

const jwtSecret = 'super-secret-jwt-token-with-at-least-32-characters-long'

/** Called by vitest once, before any test. Returns what ends everything again. */
export async function setup(): Promise<() => Promise<void>> {
  const url = process.env['TEST_DATABASE_URL']
  const { engine, remove } = url === undefined ? await startTemporary() : await useGiven(url)
  const prefix = `tenon_test_${crypto.randomUUID().replaceAll('-', '').slice(0, 10)}_`
  const rolesBefore = await rolesOf(engine)
  const cluster = await makeTemplate(engine, prefix)
  announceTestCluster(cluster)
  return async () => {
    if (engine.kind === 'external') await cleanGiven(engine, prefix, rolesBefore)
    await engine.stop()
    await remove()
  }
}

interface Started {
  readonly engine: Engine
  readonly remove: () => Promise<void>
}

async function startTemporary(): Promise<Started> {
  const folder = await mkdtemp(join(tmpdir(), 'tenon-test-'))
  await chmod(folder, 0o755)
  const engine = await startEmbedded({ folder: join(folder, 'postgres'), port: 0, durable: false })
  const data = engine.status().folder ?? folder
  const remove = async (): Promise<void> => {
    if (!data.startsWith(folder)) await rm(dirname(data), { recursive: true, force: true })
    await rm(folder, { recursive: true, force: true })
  }
  return { engine, remove }
}

async function useGiven(url: string): Promise<Started> {
  return { engine: await connectExternal({ url, secret: jwtSecret }), remove: async () => {} }
}

async function makeTemplate(engine: Engine, prefix: string): Promise<TestCluster> {
  const template = `${prefix}template`
  const { passwords, owned } = engine
  await withClient(
    engine.adminConnection(),
    async (client) => await client.query(`create database ${identifier(template)}`),
  )
  await withClient(engine.adminConnection(template), async (client) => {
    await bootstrap(client, { owned, passwords, jwtSecret, jwtExpiry: 3600, autoExposeNewTables: true })
  })
  await engine.checkLogins(loginRoles)
  const usable = loginRoles.filter(
    (role) => engine.connection(role).user === role && role !== engine.adminConnection().user,
  )
  const admin = engine.adminConnection()
  const owner = engine.owned ? 'postgres' : admin.user
  return {
    admin,
    passwords: Object.fromEntries(usable.map((role) => [role, passwords[role]])),
    template,
    prefix,
    owner,
    jwtSecret,
  }
}

async function rolesOf(engine: Engine): Promise<readonly string[]> {
  return await withClient(engine.adminConnection(), async (client) => {
    const { rows } = await client.query<{ rolname: string }>('select rolname from pg_roles')
    return rows.map((row) => row.rolname)
  })
}

/** Databases of this run go, and roles that it brought, unless something else of the cluster has come to use them. */
async function cleanGiven(engine: Engine, prefix: string, rolesBefore: readonly string[]): Promise<void> {
  await withClient(engine.adminConnection(), async (client) => {
    const { rows } = await client.query<{ datname: string }>(
      'select datname from pg_database where starts_with(datname, $1)',
      [prefix],
    )
    for (const row of rows) await client.query(`drop database ${identifier(row.datname)} with (force)`)
  })
  const brought = (await rolesOf(engine)).filter((role) => !rolesBefore.includes(role))
  await withClient(engine.adminConnection(), async (client) => {
    for (const role of brought)
      await client.query(`drop owned by ${identifier(role)}; drop role ${identifier(role)}`).catch(() => null)
  })
}
