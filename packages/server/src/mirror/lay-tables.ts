// Makes the mirror's tables where they are missing, before the project's migrations, which may refer to them.

import type { ClientBase } from 'pg'

import type { MirroredKind } from './change.ts'
import { takeTurn } from './sql/changes.ts'
import { isLaid, layRecords, laySchema, layTable, mirrorTable } from './sql/tables.ts'

/** Memberships first: the policy of organizations reads them. */
const kinds: readonly MirroredKind[] = ['user', 'membership', 'organization']

/** Runs outside a transaction, as the owner of the user's schema. True where the mirror is new, and so empty. */
export async function layTables(client: ClientBase, schema: string): Promise<boolean> {
  await client.query('begin')
  try {
    await client.query(takeTurn)
    const { rows } = await client.query<{ laid: boolean }>(isLaid)
    let isNew = rows[0]?.laid !== true
    await client.query(layRecords)
    if (schema !== 'public') await client.query(laySchema(schema))
    for (const kind of kinds) {
      if (await exists(client, schema, kind)) continue
      await client.query(layTable(schema, kind))
      isNew = true
    }
    await client.query('commit')
    return isNew
  } catch (error) {
    await client.query('rollback')
    throw error
  }
}

async function exists(client: ClientBase, schema: string, kind: MirroredKind): Promise<boolean> {
  const { rows } = await client.query<{ found: boolean }>('select to_regclass($1) is not null as found', [
    mirrorTable(schema, kind),
  ])
  return rows[0]?.found === true
}
