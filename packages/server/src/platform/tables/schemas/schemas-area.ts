// The schemas of the database.

import type { PlatformArea } from '../../platform-door.ts'
import { impatiently } from '../running/run-statements.ts'
import type { TablesDeps } from '../tables-area.ts'
import { listSchemas } from './sql/list-schemas.ts'

/** `GET /schemas`: those of the system among them, marked `internal`. */
export function schemasArea({ database, exposedSchemas }: TablesDeps): PlatformArea {
  return async (fastify) => {
    fastify.get('/schemas', async () => ({
      schemas: await impatiently(database, async (session) => await session.rows(listSchemas, [exposedSchemas()])),
    }))
  }
}
