// The rows of tables and views, for Studio's grid: everything in the name of whoever is looked through.

import type { PlatformDatabase } from '../database/platform-database.ts'
import type { PlatformArea } from '../platform-door.ts'
import { readBody, readQuery } from '../request/read-input.ts'
import { countRows } from './reading/count-rows.ts'
import { readPage } from './reading/read-page.ts'
import { describeRelation, listRelations } from './relation/describe-relation.ts'
import { countRequest, describeRequest, listQuery, readRequest } from './row-requests.ts'

/** `/rows/…`. Each request is one transaction; refusals are `platform.*`, `request.body-invalid` and `postgres.*`. */
export function rowsArea(database: PlatformDatabase): PlatformArea {
  return async (fastify) => {
    fastify.get('/rows/relations', async ({ query }) => {
      const { schema } = readQuery(listQuery, query)
      return { relations: await database.transaction(null, async (session) => await listRelations(session, schema)) }
    })
    fastify.post('/rows/describe', async ({ body }) => {
      const { table, as } = readBody(describeRequest, body)
      return await database.transaction(as, async (session) => await describeRelation(session, table))
    })
    fastify.post('/rows/read', async ({ body }) => {
      const asked = readBody(readRequest, body)
      return await database.transaction(asked.as, async (session) => await readPage(session, asked))
    })
    fastify.post('/rows/count', async ({ body }) => {
      const asked = readBody(countRequest, body)
      return await database.transaction(asked.as, async (session) => await countRows(session, asked))
    })
  }
}
