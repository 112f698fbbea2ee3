// Whether the schemas that were asked for are there: the types of a mistyped one would be those of an empty one.

import { Refusal } from '../../../../refusal/refusal.ts'
import type { PlatformDatabase } from '../../../database/platform-database.ts'
import { schemaRows } from '../sql/shape-of-schemas.ts'

/** Refuses `platform.schema-unknown`. What the API serves may be missing: upstream serves `graphql_public` without it. */
export async function requireSchemas(
  database: PlatformDatabase,
  wanted: readonly string[],
  served: readonly string[],
): Promise<void> {
  if (wanted.length === 0) return
  const rows = await database.transaction(null, async (session) => {
    return await session.rows<{ readonly name: string; readonly offered: boolean }>(schemaRows)
  })
  const known = new Set([...rows.map(({ name }) => name), ...served])
  const unknown = wanted.filter((schema) => !known.has(schema))
  if (unknown.length === 0) return
  const offered = rows.filter((row) => row.offered).map(({ name }) => name)
  throw new Refusal('platform.schema-unknown', { schemas: unknown, known: offered })
}
