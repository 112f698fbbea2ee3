// What a refused statement was about, as far as an explanation needs it.

import type { Catalog, RelationName } from '../../catalog/catalog.ts'
import type { TablePrivilege } from './sql/grants.ts'

/** What the refused statement was about. */
export interface RefusedWork {
  readonly catalog: Catalog
  /** The request's schema. */
  readonly schema: string
  /** The role that the server logs in as. */
  readonly authenticatorRole: string
  /** The relation that the request names; null for calls. */
  readonly relation: RelationName | null
  /** What the request needs on that relation, its own command first. On every other relation it needs `select`. */
  readonly privileges: readonly TablePrivilege[]
}

/** Postgres names the relation without its schema: the request's own comes first, then its schema, then the only one left. */
export function relationNamed(name: string, { catalog, schema, relation }: RefusedWork): RelationName | null {
  if (relation?.name === name) return relation
  if (catalog.relations.get(schema)?.has(name) === true) return { schema, name }
  const holders = [...catalog.relations].filter(([, relations]) => relations.has(name))
  const [only, ...others] = holders
  return only === undefined || others.length > 0 ? null : { schema: only[0], name }
}
