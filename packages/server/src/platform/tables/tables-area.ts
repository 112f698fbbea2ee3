// The shape of tables: what exists, and how it is made, changed and removed.

import type { PlatformDatabase } from '../database/platform-database.ts'
import type { PlatformArea } from '../platform-door.ts'
import { readingArea } from './reading/reading-area.ts'
import { schemasArea } from './schemas/schemas-area.ts'
import { shapingArea } from './shaping/shaping-area.ts'

export interface TablesDeps {
  readonly database: PlatformDatabase
  /** What the REST door serves at present. */
  readonly exposedSchemas: () => readonly string[]
}

/** Everything about schemas, tables, columns, their types and indexes, and publications. */
export function tablesArea(deps: TablesDeps): PlatformArea {
  return async (fastify) => {
    for (const area of [schemasArea, readingArea, shapingArea]) await fastify.register(area(deps))
  }
}
