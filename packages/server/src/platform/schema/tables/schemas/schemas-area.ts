// The schemas of the database.

import { z } from 'zod'

import { runStatements, scriptOf } from '../../../database/run-statements.ts'
import type { PlatformArea } from '../../../platform-door.ts'
import { name } from '../../../request/names.ts'
import { dropWish } from '../../../request/objects.ts'
import { readBody, readPath, readQuery } from '../../../request/read-input.ts'
import { noticesOf } from '../running/notices.ts'
import { impatiently } from '../running/impatiently.ts'
import type { TablesDeps } from '../tables-area.ts'
import { listSchemas } from './sql/list-schemas.ts'
import { createSchema, dropSchema } from './sql/shape-schemas.ts'

const byName = z.object({ name })

/** `GET` (the system's among them, marked `internal`) and `POST /schemas`, `DELETE /schemas/:name?cascade=`. */
export function schemasArea({ database, exposedSchemas }: TablesDeps): PlatformArea {
  return async (fastify) => {
    fastify.get('/schemas', async () => ({
      schemas: await impatiently(database, async (session) => await session.rows(listSchemas, [exposedSchemas()])),
    }))
    fastify.post('/schemas', async (request, reply) => {
      const wanted = readBody(byName, request.body)
      const statements = [createSchema(wanted.name)]
      await impatiently(database, async (session) => await runStatements(session, statements))
      reply.code(201)
      return { schema: { name: wanted.name }, sql: scriptOf(statements) }
    })
    fastify.delete('/schemas/:name', async (request) => {
      const at = readPath(byName, request.params)
      const { cascade } = readQuery(dropWish, request.query)
      const statements = [dropSchema(at.name, cascade)]
      return await impatiently(database, async (session) => {
        const cascaded = await noticesOf(session, async () => await runStatements(session, statements))
        return { dropped: at, cascaded, sql: scriptOf(statements) }
      })
    })
  }
}
