// Row security from the outside: which tables have it, their policies, and what a policy would let people see.

import { z } from 'zod'

import type { PlatformDatabase } from '../../database/platform-database.ts'
import type { PlatformArea } from '../../platform-door.ts'
import { name } from '../../request/names.ts'
import { readBody, readPath, readQuery } from '../../request/read-input.ts'
import { changePolicy, changeRowSecurity, createPolicy, dropPolicy } from './change-policies.ts'
import { newPolicy, policyChange, policyTrial, rowSecurityChange } from './policy-input.ts'
import { readRoles, readTables } from './read-policies.ts'
import { tryPolicy } from './try-policy.ts'
import { withFindings } from './findings/find-in-policies.ts'

const listing = z.strictObject({ schema: name.optional() })
const tablePath = z.object({ schema: name, table: name })
const policyPath = z.object({ schema: name, table: name, name })

/** `/policies`, `/policies/check`, `/policies/:schema/:table/:name` and `PUT /tables/:schema/:table/row-security`. */
export function policiesArea(database: PlatformDatabase): PlatformArea {
  return async (fastify) => {
    fastify.get('/policies', async ({ query }) => {
      const { schema } = readQuery(listing, query)
      return await database.transaction(null, async (session) => ({
        tables: (await readTables(session, schema ?? null)).map(withFindings),
        roles: await readRoles(session),
      }))
    })
    fastify.post('/policies', async ({ body }, reply) => {
      const made = await createPolicy(database, readBody(newPolicy, body))
      return reply.code(made.policy === undefined ? 200 : 201).send(made)
    })
    fastify.post('/policies/check', async ({ body }) => await tryPolicy(database, readBody(policyTrial, body)))
    fastify.patch('/policies/:schema/:table/:name', async ({ params, body }) => {
      return await changePolicy(database, readPath(policyPath, params), readBody(policyChange, body))
    })
    fastify.delete('/policies/:schema/:table/:name', async ({ params }) => {
      return await dropPolicy(database, readPath(policyPath, params))
    })
    fastify.put('/tables/:schema/:table/row-security', async ({ params, body }) => {
      return await changeRowSecurity(database, readPath(tablePath, params), readBody(rowSecurityChange, body))
    })
  }
}
