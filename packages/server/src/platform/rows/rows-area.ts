// The rows of tables and views, for Studio's grid: everything in the name of whoever is looked through.

import type { PlatformDatabase } from '../database/platform-database.ts'
import type { PlatformArea } from '../platform-door.ts'
import { readBody, readQuery } from '../request/read-input.ts'
import { csvArea } from './csv/csv-area.ts'
import { readCell } from './reading/read-cell.ts'
import { countRows } from './reading/count-rows.ts'
import { readPage } from './reading/read-page.ts'
import { describeRelation, listRelations } from './relation/describe-relation.ts'
import {
  cellRequest,
  countRequest,
  deleteRequest,
  describeRequest,
  insertRequest,
  listQuery,
  readRequest,
  updateRequest,
} from './row-requests.ts'
import { deleteRows } from './writing/delete-rows.ts'
import { insertRow } from './writing/insert-row.ts'
import { updateRow } from './writing/update-row.ts'

/** `/rows/…`. Each request is one transaction; refusals are `platform.*`, `request.body-invalid` and `postgres.*`. */
export function rowsArea(database: PlatformDatabase): PlatformArea {
  return async (fastify) => {
    await fastify.register(readingArea(database))
    await fastify.register(writingArea(database))
    await fastify.register(csvArea(database))
  }
}

function readingArea(database: PlatformDatabase): PlatformArea {
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
    fastify.post('/rows/cell', async ({ body }) => {
      const asked = readBody(cellRequest, body)
      return await database.transaction(asked.as, async (session) => await readCell(session, asked))
    })
  }
}

function writingArea(database: PlatformDatabase): PlatformArea {
  return async (fastify) => {
    fastify.post('/rows/insert', async ({ body }) => {
      const asked = readBody(insertRequest, body)
      return await database.transaction(asked.as, async (session) => await insertRow(session, asked))
    })
    fastify.post('/rows/update', async ({ body }) => {
      const asked = readBody(updateRequest, body)
      return await database.transaction(asked.as, async (session) => await updateRow(session, asked))
    })
    fastify.post('/rows/delete', async ({ body }) => {
      const asked = readBody(deleteRequest, body)
      return await database.transaction(asked.as, async (session) => await deleteRows(session, asked))
    })
  }
}
