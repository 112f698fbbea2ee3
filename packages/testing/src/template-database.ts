// A database of its own for each test file: a copy of the template, which takes a fraction of a second.

import type { Client } from 'pg'

import { connectionUrl, type ConnectionSettings } from '../../server/src/database/engines/engine.ts'
import { withClient } from '../../server/src/database/engines/with-client.ts'
import { identifier, literal } from '../../server/src/database/sql.ts'
import { announcedTestCluster, type TestCluster } from './test-cluster.ts'

const OBJECT_IN_USE = '55006'

export interface TestDatabase extends AsyncDisposable {
  readonly name: string
  /** The JWT secret in the database's settings. */
  readonly jwtSecret: string
  /**
   * How to connect as a login role: `postgres` (the default; migrations and test data), `supabase_admin` (the
   * superuser), `authenticator`, `tenon_clerk` and the others. On a given cluster its own user may stand in.
   */
  settings(role?: string): ConnectionSettings
  /** The same as a `postgresql://` address. */
  url(role?: string): string
  /** Runs SQL text as role `postgres`, several statements at once if need be, and returns the last one's rows. */
  query(text: string, role?: string): Promise<Record<string, unknown>[]>
  /** Ends every connection to the database and removes it. */
  drop(): Promise<void>
}

/** Drop it in `afterAll`, or hold it with `await using`. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const cluster = announcedTestCluster()
  const name = `${cluster.prefix}${crypto.randomUUID().replaceAll('-', '').slice(0, 16)}`
  await withClient(cluster.admin, async (client) => {
    await client.query(
      `create database ${identifier(name)} template ${identifier(cluster.template)} owner ${identifier(cluster.owner)}`,
    )
    await copySettings(client, cluster.template, name)
  })
  return new CopiedDatabase(name, cluster)
}

/** CREATE DATABASE copies the contents of its template and not the settings that belong to it. */
async function copySettings(client: Client, template: string, name: string): Promise<void> {
  const { rows } = await client.query<{ setting: string }>(
    `select unnest(setconfig) as setting from pg_db_role_setting s join pg_database d on d.oid = s.setdatabase
     where d.datname = $1 and s.setrole = 0`,
    [template],
  )
  const statements = rows.map(({ setting }) => {
    const end = setting.indexOf('=')
    return `alter database ${identifier(name)} set ${setting.slice(0, end)} to ${literal(setting.slice(end + 1))}`
  })
  if (statements.length > 0) await client.query(statements.join(';'))
}

/** `force` ends every connection but the one that reads a slot of the database, which takes its time to see that it is cut. */
async function untilNoSlotIsActive(drop: () => Promise<unknown>): Promise<void> {
  const deadline = Date.now() + 10_000
  for (;;) {
    try {
      await drop()
      return
    } catch (error) {
      if ((error as { code?: unknown }).code !== OBJECT_IN_USE || Date.now() > deadline) throw error
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
}

class CopiedDatabase implements TestDatabase {
  readonly name: string
  readonly jwtSecret: string
  private readonly cluster: TestCluster

  constructor(name: string, cluster: TestCluster) {
    this.name = name
    this.jwtSecret = cluster.jwtSecret
    this.cluster = cluster
  }

  settings(role = 'postgres'): ConnectionSettings {
    const { admin, passwords } = this.cluster
    const password = passwords[role]
    const login = password === undefined ? {} : { user: role, password }
    return { ...admin, ...login, database: this.name }
  }

  url(role = 'postgres'): string {
    return connectionUrl(this.settings(role))
  }

  async query(text: string, role = 'postgres'): Promise<Record<string, unknown>[]> {
    return await withClient(this.settings(role), async (client) => {
      const results: unknown = await client.query(text)
      const last = (Array.isArray(results) ? results.at(-1) : results) as { rows: Record<string, unknown>[] }
      return last.rows
    })
  }

  async drop(): Promise<void> {
    await withClient(this.cluster.admin, async (client) => {
      await untilNoSlotIsActive(
        async () => await client.query(`drop database if exists ${identifier(this.name)} with (force)`),
      )
    })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.drop()
  }
}
