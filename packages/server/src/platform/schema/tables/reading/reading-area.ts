// Tables as they are.

import { z } from 'zod'

import type { PlatformArea } from '../../../platform-door.ts'
import { name, qualifiedName } from '../../../request/names.ts'
import { readPath, readQuery } from '../../../request/read-input.ts'
import { impatiently } from '../running/impatiently.ts'
import type { TablesDeps } from '../tables-area.ts'
import { readTable, readTables } from './read-table.ts'

const ofSchema = z.object({ schema: name.optional() })

/** `GET /tables?schema=` and `GET /tables/:schema/:name`. Refuses `platform.relation-unknown`. */
export function readingArea({ database, exposedSchemas }: TablesDeps): PlatformArea {
  return async (fastify) => {
    fastify.get('/tables', async (request) => {
      const { schema = null } = readQuery(ofSchema, request.query)
      const tables = await impatiently(database, async (session) => {
        return await readTables(session, schema, exposedSchemas())
      })
      return { tables }
    })
    fastify.get('/tables/:schema/:name', async (request) => {
      const at = readPath(qualifiedName, request.params)
      return await impatiently(database, async (session) => await readTable(session, at, exposedSchemas()))
    })
  }
}
