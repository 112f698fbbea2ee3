// The shape of tables: what exists, and how it is made, changed and removed.

import type { PlatformDatabase } from '../../database/platform-database.ts'
import type { PlatformArea } from '../../platform-door.ts'
import { columnsArea } from './columns/columns-area.ts'
import { enumsArea } from './enums/enums-area.ts'
import { indexesArea } from './indexes/indexes-area.ts'
import { publicationsArea } from './publications/publications-area.ts'
import { readingArea } from './reading/reading-area.ts'
import { schemasArea } from './schemas/schemas-area.ts'
import { shapingArea } from './shaping/shaping-area.ts'

export interface TablesDeps {
  readonly database: PlatformDatabase
  /** What the REST door serves at present. */
  readonly exposedSchemas: () => readonly string[]
}

const areas = [schemasArea, readingArea, shapingArea, columnsArea, enumsArea, indexesArea, publicationsArea]

/** Everything about schemas, tables, columns, their types and indexes, and publications. */
export function tablesArea(deps: TablesDeps): PlatformArea {
  return async (fastify) => {
    for (const area of areas) await fastify.register(area(deps))
  }
}
