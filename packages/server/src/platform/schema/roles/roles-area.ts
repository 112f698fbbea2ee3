// Roles of the database.

import { z } from 'zod'

import type { PlatformDatabase } from '../../database/platform-database.ts'
import type { PlatformArea } from '../../platform-door.ts'
import { name } from '../../request/names.ts'
import { queryFlag } from '../../request/query-flag.ts'
import { readBody, readPath, readQuery } from '../../request/read-input.ts'
import { listRoles, makeRole, removeRole } from './change-roles.ts'
import { newRole } from './role-input.ts'

const path = z.object({ name })
const wish = z.object({ reassign: queryFlag })

/** `GET|POST /roles`, `DELETE /roles/:name`. */
export function rolesArea(database: PlatformDatabase): PlatformArea {
  return async (fastify) => {
    fastify.get('/roles', async () => ({ roles: await database.transaction(null, listRoles) }))
    fastify.post('/roles', async ({ body }, reply) => {
      const role = readBody(newRole, body)
      const made = await database.transaction(null, async (session) => await makeRole(session, role))
      return reply.code(201).send(made)
    })
    fastify.delete('/roles/:name', async ({ params, query }) => {
      const { reassign } = readQuery(wish, query)
      const role = readPath(path, params).name
      return await database.transaction(null, async (session) => await removeRole(session, role, reassign))
    })
  }
}
