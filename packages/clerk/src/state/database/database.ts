// The connection to Postgres as role tenon_clerk, and the transaction. Knows no table.

import { Pool, type PoolClient, types } from 'pg'

import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import { goneMeanwhile } from '../../refusal/not-found.ts'

/** Runs one statement. `name` makes it a prepared statement, for the few that are hot. */
export interface Queryable {
  query<Row>(text: string, values?: readonly unknown[], name?: string): Promise<readonly Row[]>
}

/** A pool of connections. Close it once. */
export interface ClerkDatabase extends Queryable {
  /** For what a transaction may wait for: has a connection of its own, since transactions can hold all the others. */
  readonly aside: Queryable
  /** Runs `work` in one transaction; a throw rolls back and is rethrown. */
  transaction<Result>(work: (queryable: Queryable) => Promise<Result>): Promise<Result>
  close(): Promise<void>
}

const bigintOid = 20

/** Opens a pool; connects lazily. Every `bigint` of the schema is a time in milliseconds or a count, so it reads as a number. */
export function openDatabase(connectionString: string, onConnectionLoss: (error: Error) => void): ClerkDatabase {
  const open = (max: number): Pool => {
    const pool = new Pool({
      connectionString,
      max,
      application_name: 'tenon-clerk',
      types: { getTypeParser: parserFor },
    })
    // Of a connection in use, the query under way tells that it is lost; unheard, the same news would end the process.
    pool.on('connect', (client) => client.on('error', () => {}))
    return pool.on('error', onConnectionLoss)
  }
  const [pool, aside] = [open(10), open(1)]
  return {
    query: queryOn(pool),
    aside: { query: queryOn(aside) },
    transaction: (work) => inTransaction(pool, work),
    close: async () => {
      await Promise.all([pool.end(), aside.end()])
    },
  }
}

function parserFor(oid: number, format?: 'text' | 'binary'): (text: string) => unknown {
  if (oid === bigintOid) return Number
  const parserOf = types.getTypeParser as (oid: number, format?: 'text' | 'binary') => (text: string) => unknown
  return parserOf(oid, format)
}

function queryOn(client: Pool | PoolClient): Queryable['query'] {
  return async <Row>(text: string, values: readonly unknown[] = [], name?: string) => {
    try {
      const result = await client.query({ text, values: [...values], ...(name === undefined ? {} : { name }) })
      return result.rows as Row[]
    } catch (error) {
      throw refusalOf(error) ?? error
    }
  }
}

function refusalOf(error: unknown): ClerkRefusal | null {
  if (isUnstorableText(error)) return new ClerkRefusal('malformed_request_parameters', {}, { cause: error })
  return isAboutWhatIsGone(error) ? goneMeanwhile(error) : null
}

/** Every record goes with the one it belongs to, so a broken reference says that somebody deleted that one meanwhile. */
function isAboutWhatIsGone(error: unknown): boolean {
  const isReference = error instanceof Error && 'code' in error && error.code === '23503'
  return isReference && (violatedConstraint(error)?.endsWith('_fkey') ?? false)
}

/** Text that JavaScript can hold and Postgres cannot: NUL, and halves of surrogate pairs inside JSON. */
function isUnstorableText(error: unknown): boolean {
  return error instanceof Error && 'code' in error && ['22021', '22P05', '22P02'].includes(String(error.code))
}

async function inTransaction<Result>(pool: Pool, work: (queryable: Queryable) => Promise<Result>): Promise<Result> {
  const client = await pool.connect()
  try {
    await client.query('begin')
    const result = await work({ query: queryOn(client) })
    await client.query('commit')
    client.release()
    return result
  } catch (error) {
    // A connection that cannot even roll back is of no further use.
    const broken = await client.query('rollback').then(
      () => false,
      () => true,
    )
    client.release(broken)
    throw error
  }
}

/** The constraint a failed statement violated, or null when it failed for another reason. */
export function violatedConstraint(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error) || !('constraint' in error)) return null
  const integrity = typeof error.code === 'string' && error.code.startsWith('23')
  return integrity && typeof error.constraint === 'string' ? error.constraint : null
}
