// What a value of a Postgres type is in the JSON of the REST door, as a TypeScript type. Where Supabase's command says
// `unknown` for lack of a name it knows, this follows what Postgres' to_json does: a domain is what it is a domain of,
// and whatever has no form of its own is text. Types are told apart by id, not by name.

import type { DatabaseShape, RelationShape, TypeShape } from '../reading/shape.ts'
import { text } from './layout.ts'

const NUMBERS = new Set(['int2', 'int4', 'int8', 'float4', 'float8', 'numeric'])
const JSONS = new Set(['json', 'jsonb'])

/** The type of an id. `unknown` where the answer depends on the call, or on a cast that somebody wrote. */
export function typeOf(shape: DatabaseShape, id: string): string {
  const type = shape.types.get(id)
  if (type === undefined) return 'unknown'
  if (type.base !== null) return typeOf(shape, type.base)
  if (type.element !== null) return arrayOf(typeOf(shape, type.element))
  if (type.kind === 'e') return enumType(shape, type)
  if (type.kind === 'c') return rowType(shape, type)
  return type.kind === 'p' ? pseudoType(type) : baseType(type)
}

function arrayOf(element: string): string {
  return element.includes(' | ') ? `(${element})[]` : `${element}[]`
}

/** By name where its schema is printed, else by its labels. */
function enumType({ schemas }: DatabaseShape, { schema, name, labels }: TypeShape): string {
  if (schemas.includes(schema)) return `Database[${text(schema)}]["Enums"][${text(name)}]`
  return labels.length === 0 ? 'never' : labels.map(text).join(' | ')
}

function rowType({ schemas, relations }: DatabaseShape, { schema, relation }: TypeShape): string {
  const found = relations.find(({ id }) => id === relation)
  if (found === undefined || !schemas.includes(schema)) return 'unknown'
  return `Database[${text(schema)}]${memberOf(found)}`
}

function memberOf({ kind, name }: RelationShape): string {
  if (kind === 'c') return `["CompositeTypes"][${text(name)}]`
  return `["${kind === 'v' || kind === 'm' ? 'Views' : 'Tables'}"][${text(name)}]["Row"]`
}

function pseudoType({ name }: TypeShape): string {
  if (name === 'void') return 'undefined'
  return name === 'record' ? 'Record<string, unknown>' : 'unknown'
}

function baseType({ schema, name, castsToJson }: TypeShape): string {
  if (castsToJson) return 'unknown'
  if (schema !== 'pg_catalog') return 'string'
  if (name === 'bool') return 'boolean'
  if (NUMBERS.has(name)) return 'number'
  return JSONS.has(name) ? 'Json' : 'string'
}

/** The same or NULL, which `unknown` already may be. */
export function orNull(type: string): string {
  return type === 'unknown' ? type : `${type} | null`
}
