// Reads the shape of some schemas. Relationships are the REST door's own: what it can embed is what the types allow.

import type { Catalog, KeyRelationship } from '../../../../catalog/catalog.ts'
import type { PlatformDatabase } from '../../../database/platform-database.ts'
import { functionRows, relationRows, typeRows } from '../sql/shape-of-schemas.ts'
import type { DatabaseShape, FunctionShape, RelationShape, TypeShape } from './shape.ts'

export interface ShapeSource {
  readonly database: PlatformDatabase
  /** The catalog as it would be if these schemas were exposed. */
  readonly readCatalog: (schemas: readonly string[]) => Promise<Catalog>
}

/** The schemas as they are now, by name. One that is not there is empty. Refuses `postgres.*`. */
export async function readShape(
  { database, readCatalog }: ShapeSource,
  wanted: readonly string[],
): Promise<DatabaseShape> {
  const schemas = [...new Set(wanted)].sort(byName)
  const catalog = await readCatalog(schemas)
  return await database.transaction(null, async (session) => {
    const relations = await session.rows<RelationShape>(relationRows)
    const types = await session.rows<TypeShape>(typeRows)
    const functions = await session.rows<FunctionShape>(functionRows, [schemas])
    return {
      schemas,
      relations,
      types: new Map(types.map((type) => [type.id, type])),
      functions,
      relationships: relationshipsOf(catalog),
    }
  })
}

/** Names in the order in which people look for them. */
export function byName(one: string, other: string): number {
  return one.localeCompare(other, 'en')
}

function relationshipsOf({ relationships }: Catalog): readonly KeyRelationship[] {
  return [...relationships.values()]
    .flatMap((ofSchema) => [...ofSchema.values()].flat())
    .filter((one) => one.kind === 'key')
    .filter((one) => !one.originIsReferenced)
}
