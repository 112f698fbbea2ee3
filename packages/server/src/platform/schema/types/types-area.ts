// Type definitions of the database's schemas, for clients in TypeScript.

import { z } from 'zod'

import type { PlatformArea } from '../../platform-door.ts'
import { name } from '../../request/names.ts'
import { readQuery } from '../../request/read-input.ts'
import { printDatabase } from './print/print-database.ts'
import { readShape, type ShapeSource } from './reading/read-shape.ts'
import { requireSchemas } from './reading/require-schemas.ts'

interface TypesDeps extends ShapeSource {
  /** What the REST door serves; described where no schema is named. */
  readonly exposedSchemas: () => readonly string[]
}

/** Comma-separated, as in `?schemas=public,app`. */
const wanted = z.object({
  schemas: z
    .string()
    .transform((text) => text.split(',').filter((part) => part !== ''))
    .pipe(z.array(name).max(100))
    .optional(),
})

/** `GET /types/typescript?schemas=public,…`: a file. Refuses `platform.schema-unknown` and `postgres.*`. */
export function typesArea({ exposedSchemas, ...source }: TypesDeps): PlatformArea {
  return async (fastify) => {
    fastify.get('/types/typescript', async ({ query }, reply) => {
      const { schemas = [] } = readQuery(wanted, query)
      await requireSchemas(source.database, schemas, exposedSchemas())
      const shape = await readShape(source, schemas.length === 0 ? exposedSchemas() : schemas)
      return await reply
        .type('text/plain; charset=utf-8')
        .header('content-disposition', 'inline; filename="database.types.ts"')
        .send(printDatabase(shape))
    })
  }
}
