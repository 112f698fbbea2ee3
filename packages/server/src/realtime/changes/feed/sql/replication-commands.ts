// The commands of the replication protocol. They take no parameters, and their keywords want upper case.

import { identifier, join, literal, type Sql, sql } from '../../../../database/sql.ts'

/** Postgres waits until every transaction that is open now has ended. */
export function createSlot(slot: string): Sql {
  return sql`CREATE_REPLICATION_SLOT ${identifier(slot)} LOGICAL pgoutput (SNAPSHOT 'nothing')`
}

export function dropSlot(slot: string): Sql {
  return sql`DROP_REPLICATION_SLOT ${identifier(slot)}`
}

/**
 * From where the slot was confirmed. Protocol version 1 is spoken by every server: later ones add the streaming of
 * transactions that are not committed yet, which nobody here may hear of. `publications` are not empty.
 */
export function startReplication(slot: string, publications: readonly string[]): Sql {
  const names = join(publications.map(identifier), sql`,`)
  return sql`START_REPLICATION SLOT ${identifier(slot)} LOGICAL 0/0 (proto_version '1', publication_names ${literal(names)}, messages 'true')`
}
