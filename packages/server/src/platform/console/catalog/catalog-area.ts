// `GET /query/completions` and `GET /query/roles`.

import type { QualifiedName } from '../../../database/sql.ts'
import type { PlatformDatabase } from '../../database/platform-database.ts'
import type { PlatformArea } from '../../platform-door.ts'
import { functions, tables, takenRoles, types } from './sql/console-catalog.ts'

interface TakenRole {
  readonly name: string
  /** Policies do not bind it. */
  readonly bypasses: boolean
}

/** What an editor completes: `{tables, functions, types}`, each with its schema; and the roles one may take. */
export function consoleCatalogArea(database: PlatformDatabase): PlatformArea {
  return async (fastify) => {
    fastify.get('/query/completions', async () => {
      return await database.transaction(null, async (session) => ({
        tables: await session.rows<QualifiedName & { columns: { name: string; type: string }[] }>(tables),
        functions: await session.rows<QualifiedName & { arguments: string; returns: string }>(functions),
        types: await session.rows<QualifiedName>(types),
      }))
    })
    fastify.get('/query/roles', async () => {
      return await database.transaction(null, async (session) => ({ roles: await session.rows<TakenRole>(takenRoles) }))
    })
  }
}
