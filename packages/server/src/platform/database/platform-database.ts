// How the platform's endpoints speak to Postgres: transactions as the database's owner, or as a role with claims.
// Requests of apps never come this way; they take the one round trip of database/pipeline.

import { type ClientBase, type CustomTypesConfig, Pool, type PoolClient } from 'pg'

import type { ConnectionSettings } from '../../database/engines/engine.ts'
import { refuseError } from '../../database/pipeline/refuse-error.ts'
import type { Sql } from '../../database/sql.ts'
import { Refusal } from '../../refusal/refusal.ts'
import type { RunAs } from '../request/run-as.ts'
import { beginAs, forgetAll } from './sql/begin-as.ts'

/** What may stand for a `$n`; lists become arrays, objects JSON. */
export type Value = string | number | boolean | null | readonly (string | number | null)[] | object

/** Rows with every value as Postgres prints it. */
export interface Cells {
  readonly columns: readonly { readonly name: string; readonly typeId: number }[]
  readonly rows: readonly (readonly (string | null)[])[]
  /** Rows affected or returned. */
  readonly count: number
}

/** One transaction under way. Each method refuses `postgres.*`. */
export interface PlatformSession {
  /** Rows as objects, values as the driver reads them (`bigint` and `numeric` as text, JSON parsed). */
  rows<Row extends object>(text: Sql, values?: readonly Value[]): Promise<readonly Row[]>
  cells(text: Sql, values?: readonly Value[]): Promise<Cells>
  /**
   * Runs what holds a person's own SQL, such as a policy's expression: Postgres parses it as one statement and refuses
   * a second one behind a semicolon (42601).
   */
  execute(text: Sql): Promise<void>
  /** For what needs more than a statement: cursors, COPY, notices. Errors are Postgres' own. */
  readonly client: PoolClient
}

export interface PlatformDatabase {
  /** Commits when `work` resolves, rolls back when it throws. Refuses `postgres.*`; rethrows what `work` throws. */
  transaction<Result>(as: RunAs, work: (session: PlatformSession) => Promise<Result>): Promise<Result>
  close(): Promise<void>
}

interface PlatformDatabaseOptions {
  /** As role `postgres`, or who stands in for it. */
  readonly connection: ConnectionSettings
  readonly onLost: (error: Error) => void
}

/** Studio is used by few at a time; long statements of one must not keep the others waiting. */
const SIZE = 5
/** Milliseconds. */
const PATIENCE = 10_000

/** Connects at the first transaction. */
export function openPlatformDatabase({ connection, onLost }: PlatformDatabaseOptions): PlatformDatabase {
  const pool = new Pool({
    ...connection,
    max: SIZE,
    connectionTimeoutMillis: PATIENCE,
    idleTimeoutMillis: PATIENCE,
    allowExitOnIdle: true,
    application_name: 'tenon studio',
  })
  pool.on('error', onLost)
  // Of a connection in use, the query under way tells that it is lost; unheard, the same news would end the process.
  pool.on('connect', (client) => client.on('error', () => {}))
  return {
    transaction: async (as, work) => await transact(pool, as, work),
    close: async () => await pool.end(),
  }
}

async function transact<Result>(
  pool: Pool,
  as: RunAs,
  work: (session: PlatformSession) => Promise<Result>,
): Promise<Result> {
  const client = await connect(pool)
  const role = as?.role ?? 'postgres'
  let broken: Error | undefined
  try {
    await told(role, client.query(beginAs(as)))
    const result = await work(sessionOn(client, role))
    await told(role, client.query('commit'))
    return result
  } catch (thrown) {
    await client.query('rollback').catch((error: Error) => (broken = error))
    throw thrown
  } finally {
    client.release(broken ?? (await forget(client)))
  }
}

/** A function that was called may have set something for the session: the next request gets a session like new. */
async function forget(client: PoolClient): Promise<Error | undefined> {
  try {
    await client.query(forgetAll)
    return undefined
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error))
  }
}

async function connect(pool: Pool): Promise<PoolClient> {
  try {
    return await pool.connect()
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new Refusal('postgres.unreachable', { reason }, { cause: error })
  }
}

function sessionOn(client: PoolClient, role: string): PlatformSession {
  return {
    client,
    rows: async (text, values = []) => (await told(role, client.query({ text, values: [...values] }))).rows,
    cells: async (text, values = []) => await cellsOf(client, role, text, values),
    execute: async (text) => {
      // Without values the driver would take the simple protocol, which runs as many statements as the text has.
      const alone = { text, values: [], queryMode: 'extended' }
      await told(role, client.query(alone))
    },
  }
}

const asPrinted: CustomTypesConfig = { getTypeParser: () => (text: string) => text }

async function cellsOf(client: ClientBase, role: string, text: Sql, values: readonly Value[]): Promise<Cells> {
  const query = client.query<(string | null)[]>({ text, values: [...values], rowMode: 'array', types: asPrinted })
  const { fields, rows, rowCount } = await told(role, query)
  return { columns: fields.map(({ name, dataTypeID }) => ({ name, typeId: dataTypeID })), rows, count: rowCount ?? 0 }
}

async function told<Result>(role: string, query: Promise<Result>): Promise<Result> {
  try {
    return await query
  } catch (error) {
    throw error instanceof Error ? refuseError(error, role) : error
  }
}
