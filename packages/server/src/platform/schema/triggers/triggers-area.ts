// Triggers on the project's tables.

import type { PlatformDatabase } from '../../database/platform-database.ts'
import type { PlatformArea } from '../../platform-door.ts'
import { listedSchema, objectPath } from '../../request/objects.ts'
import { readBody, readPath, readQuery } from '../../request/read-input.ts'
import { alterTrigger, listTriggers, makeTrigger, removeTrigger } from './change-triggers.ts'
import { triggerFunctions } from './sql/trigger-rows.ts'
import { changedTrigger, newTrigger } from './trigger-input.ts'

/** `GET|POST /triggers`, `PATCH|DELETE /triggers/:oid`, `GET /trigger-functions`. */
export function triggersArea(database: PlatformDatabase): PlatformArea {
  return async (fastify) => {
    fastify.get('/triggers', async ({ query }) => {
      const { schema } = readQuery(listedSchema, query)
      return { triggers: await database.transaction(null, async (session) => await listTriggers(session, schema)) }
    })
    fastify.post('/triggers', async ({ body }, reply) => {
      const input = readBody(newTrigger, body)
      const made = await database.transaction(null, async (session) => await makeTrigger(session, input))
      return reply.code(input.preview ? 200 : 201).send(made)
    })
    fastify.patch('/triggers/:oid', async ({ params, body }) => {
      const { oid } = readPath(objectPath, params)
      const change = readBody(changedTrigger, body)
      return await database.transaction(null, async (session) => await alterTrigger(session, oid, change))
    })
    fastify.delete('/triggers/:oid', async ({ params }) => {
      const { oid } = readPath(objectPath, params)
      return await database.transaction(null, async (session) => await removeTrigger(session, oid))
    })
    fastify.get('/trigger-functions', async () => ({
      functions: await database.transaction(null, async (session) => await session.rows(triggerFunctions)),
    }))
  }
}
