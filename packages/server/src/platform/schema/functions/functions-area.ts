// Functions of the project's schemas.

import type { PlatformDatabase } from '../../database/platform-database.ts'
import type { PlatformArea } from '../../platform-door.ts'
import { dropWish, listedSchema, objectPath } from '../../request/objects.ts'
import { readBody, readPath, readQuery } from '../../request/read-input.ts'
import { changeFunction, makeFunction, removeFunction } from './change-functions.ts'
import { changedFunction, newFunction } from './function-input.ts'
import { listFunctions, readFunction, readFunctionTypes } from './read-functions.ts'
import { trialWish, tryFunction } from './trial/try-function.ts'

/** `GET|POST /functions`, `GET|PATCH|DELETE /functions/:oid`, `POST /functions/:oid/try`, `GET /function-types`. */
export function functionsArea(database: PlatformDatabase): PlatformArea {
  return async (fastify) => {
    fastify.get('/functions', async ({ query }) => {
      const { schema } = readQuery(listedSchema, query)
      return { functions: await database.transaction(null, async (session) => await listFunctions(session, schema)) }
    })
    fastify.get('/functions/:oid', async ({ params }) => {
      const { oid } = readPath(objectPath, params)
      return { function: await database.transaction(null, async (session) => await readFunction(session, oid)) }
    })
    fastify.post('/functions', async ({ body }, reply) => {
      const input = readBody(newFunction, body)
      const made = await database.transaction(null, async (session) => await makeFunction(session, input))
      return reply.code(input.preview ? 200 : 201).send(made)
    })
    fastify.patch('/functions/:oid', async ({ params, body }) => {
      const { oid } = readPath(objectPath, params)
      const change = readBody(changedFunction, body)
      return await database.transaction(null, async (session) => await changeFunction(session, oid, change))
    })
    fastify.delete('/functions/:oid', async ({ params, query }) => {
      const { oid } = readPath(objectPath, params)
      const { cascade } = readQuery(dropWish, query)
      return await database.transaction(null, async (session) => await removeFunction(session, oid, cascade))
    })
    fastify.post('/functions/:oid/try', async ({ params, body }) => {
      const { oid } = readPath(objectPath, params)
      return await tryFunction(database, oid, readBody(trialWish, body))
    })
    fastify.get('/function-types', async () => await database.transaction(null, readFunctionTypes))
  }
}
