// A mirror in a database of its own, for tests.

import { Client, Pool } from 'pg'

import { createTestDatabase, type TestDatabase } from '../../../testing/src/template-database.ts'
import type { MirrorTables } from './apply-change.ts'
import { layTables } from './lay-tables.ts'

export interface TestMirror {
  readonly database: TestDatabase
  readonly tables: MirrorTables
  /** Ids and a telling column of every row, sorted. */
  contents(): Promise<Readonly<Record<string, readonly string[]>>>
  empty(): Promise<void>
  close(): Promise<void>
}

/** Lays the tables in `schema`. */
export async function openTestMirror(schema = 'public'): Promise<TestMirror> {
  const database = await createTestDatabase()
  const client = new Client(database.settings())
  await client.connect()
  await layTables(client, schema)
  await client.end()
  const pool = new Pool({ ...database.settings(), max: 4 })
  // The pool counts as ended before its sockets are, and dropping the database ends those.
  pool.on('connect', (connection) => void connection.on('error', () => null))
  pool.on('error', () => null)
  const listed = async (table: string, column: string): Promise<readonly string[]> => {
    const { rows } = await pool.query<{ line: string }>(
      `select id || ' ' || coalesce(${column}, '') as line from "${schema}".${table} order by 1`,
    )
    return rows.map(({ line }) => line)
  }
  return {
    database,
    tables: { pool, schema },
    contents: async () => ({
      users: await listed('clerk_users', 'first_name'),
      organizations: await listed('clerk_organizations', 'name'),
      memberships: await listed('clerk_organization_memberships', 'role'),
    }),
    empty: async () =>
      void (await pool.query(
        `truncate "${schema}".clerk_users, "${schema}".clerk_organizations, "${schema}".clerk_organization_memberships,
           clerk_mirror.events, clerk_mirror.sources`,
      )),
    close: async () => {
      await pool.end()
      await database.drop()
    },
  }
}
