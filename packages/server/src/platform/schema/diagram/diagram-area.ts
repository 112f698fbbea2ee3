// A schema in one answer, for a picture of it.

import type { PlatformDatabase } from '../../database/platform-database.ts'
import type { PlatformArea } from '../../platform-door.ts'
import { listedSchema } from '../../request/objects.ts'
import { readQuery } from '../../request/read-input.ts'
import { diagramKeys, diagramTables } from './sql/diagram-rows.ts'

/** `GET /diagram?schema=`: tables with columns, and relationships, whose `one` tells that a row has at most one. */
export function diagramArea(database: PlatformDatabase): PlatformArea {
  return async (fastify) => {
    fastify.get('/diagram', async ({ query }) => {
      const { schema } = readQuery(listedSchema, query)
      return await database.transaction(null, async (session) => ({
        tables: await session.rows(diagramTables, [schema]),
        relationships: await session.rows(diagramKeys, [schema]),
      }))
    })
  }
}
