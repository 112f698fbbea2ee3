// Applies one change exactly once: by the event's id, and by the moment of its source, so that neither a repetition
// nor an older state that comes late changes anything. In whatever order and number changes come, the end is the same.

import { DatabaseError, type Pool, type PoolClient } from 'pg'

import { Refusal } from '../refusal/refusal.ts'
import type { Change, Written } from './change.ts'
import { isGone, noteEvent, noteSource, removeRows, restoreRow, takeTurn, writeRow } from './sql/changes.ts'

/** `duplicate`: the event was here before; `stale`: something newer is known. */
export type Outcome = 'applied' | 'duplicate' | 'stale'

export interface MirrorTables {
  /** As the owner of the tables. */
  readonly pool: Pool
  readonly schema: string
}

/** Applies what an event tells. Refuses `mirror.event-malformed` what Postgres cannot hold. */
export async function applyEvent(tables: MirrorTables, change: Change): Promise<Outcome> {
  return await inTurn(tables, async (client) => {
    const { rowCount } = await client.query(noteEvent, [change.source.event])
    return rowCount === 0 ? 'duplicate' : await apply(client, tables.schema, change)
  })
}

/** Applies what was read from Clerk. A row that is missing though nothing newer is known is put back. */
export async function applyReading(tables: MirrorTables, change: Change): Promise<Outcome> {
  return await inTurn(tables, async (client) => {
    const outcome = await apply(client, tables.schema, change)
    if (outcome !== 'stale' || change.kind === 'removed') return outcome
    return (await restore(client, tables.schema, change)) ? 'applied' : 'stale'
  })
}

async function apply(client: PoolClient, schema: string, change: Change): Promise<Outcome> {
  const { of, id, source } = change
  const noted = [of, id, source.time, source.rank, source.event, change.kind === 'removed']
  const { rowCount } = await client.query(noteSource, noted)
  if (rowCount === 0) return 'stale'
  if (change.kind === 'written' && (await hasParties(client, change))) {
    await client.query(writeRow(schema, of), [JSON.stringify(change.row)])
  } else {
    for (const statement of removeRows(schema, of)) await client.query(statement, [id])
  }
  return 'applied'
}

async function restore(client: PoolClient, schema: string, change: Written): Promise<boolean> {
  const { rowCount } = await client.query(isGone, [change.of, change.id])
  if (rowCount !== 0 || !(await hasParties(client, change))) return false
  const restored = await client.query(restoreRow(schema, change.of), [JSON.stringify(change.row)])
  return restored.rowCount !== 0
}

/** False for a membership whose user or organization is known to be gone. */
async function hasParties(client: PoolClient, { of, row }: Written): Promise<boolean> {
  if (of !== 'membership') return true
  const user = await client.query(isGone, ['user', row['user_id']])
  const organization = await client.query(isGone, ['organization', row['organization_id']])
  return user.rowCount === 0 && organization.rowCount === 0
}

async function inTurn(tables: MirrorTables, work: (client: PoolClient) => Promise<Outcome>): Promise<Outcome> {
  const client = await tables.pool.connect()
  try {
    await client.query('begin')
    await client.query(takeTurn)
    const outcome = await work(client)
    await client.query('commit')
    client.release()
    return outcome
  } catch (error) {
    const broken = await client.query('rollback').then(
      () => false,
      () => true,
    )
    client.release(broken)
    throw isUnstorable(error) ? malformed(error) : error
  }
}

/** Class 22: a value that Postgres cannot hold, such as a NUL. Sending it again would not help. */
function isUnstorable(error: unknown): error is DatabaseError {
  return error instanceof DatabaseError && (error.code?.startsWith('22') ?? false)
}

function malformed(error: DatabaseError): Refusal {
  return new Refusal('mirror.event-malformed', { reason: error.message }, { cause: error })
}
