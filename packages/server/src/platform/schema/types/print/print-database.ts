// The whole file, from the shape of some schemas: what `supabase gen types` prints, for `createClient<Database>`.

import { byName } from '../reading/read-shape.ts'
import type { DatabaseShape, FunctionShape, RelationShape, TypeShape } from '../reading/shape.ts'
import { accessors } from './accessors.ts'
import { block, indented, keyOf, list, member, text, union } from './layout.ts'
import { printFunctions, rowOf } from './print-functions.ts'
import { type ComputedField, printRelation } from './print-relation.ts'
import { orNull, typeOf } from './type-of.ts'

/** The newest version of PostgREST that the client's types know by its features; ours are not fewer. */
const POSTGREST = '14.5'
/** Columns before the name of a type within a schema. */
const BEFORE = 6

const JSON_TYPE = `export type Json =
  | string
  | number
  | boolean
  | null
  | { [key: string]: Json | undefined }
  | Json[]
`

/** TypeScript, ending with a line's end. */
export function printDatabase(shape: DatabaseShape): string {
  const schemas = shape.schemas.map((schema) => member(schema, printSchema(shape, schema)))
  const internal = `// So that createClient<Database> knows what the API can do.
__InternalSupabase: {
  PostgrestVersion: "${POSTGREST}"
}`
  return `${JSON_TYPE}
export type Database = ${block([internal, ...schemas])}

${accessors}
export const Constants = ${constants(shape)} as const
`
}

function printSchema(shape: DatabaseShape, schema: string): string {
  const relations = shape.relations
    .filter((relation) => relation.schema === schema)
    .sort((one, other) => byName(one.name, other.name))
  const functions = shape.functions.filter((one) => one.schema === schema)
  const printed = (kinds: string): readonly string[] =>
    relations
      .filter(({ kind }) => kinds.includes(kind))
      .map((relation) => printRelation(shape, relation, computedFields(shape, relation, functions)))
  return block([
    `Tables: ${block(printed('rpf'))}`,
    `Views: ${block(printed('vm'))}`,
    `Functions: ${block(printFunctions(shape, functions))}`,
    `Enums: ${block(enumsOf(shape, schema).map(printEnum))}`,
    `CompositeTypes: ${block(relations.filter(({ kind }) => kind === 'c').map((one) => printComposite(shape, one)))}`,
  ])
}

/** Functions of one argument, a row of the relation, that answer with a value; those that answer with rows are embedded. */
function computedFields(
  shape: DatabaseShape,
  relation: RelationShape,
  functions: readonly FunctionShape[],
): readonly ComputedField[] {
  return functions
    .filter(({ arguments: all, returnsSet, returns }) => {
      const [only, ...more] = all
      if (only === undefined || more.length > 0 || returnsSet) return false
      const returned = rowOf(shape, returns)
      return rowOf(shape, only.type) === relation && (returned === null || returned.kind === 'c')
    })
    .map(({ name, returns }) => ({ name, type: typeOf(shape, returns) }))
    .sort((one, other) => byName(one.name, other.name))
}

function enumsOf({ types }: DatabaseShape, schema: string): readonly TypeShape[] {
  return [...types.values()]
    .filter((type) => type.schema === schema && type.labels.length > 0)
    .sort((one, other) => byName(one.name, other.name))
}

function printEnum({ name, labels }: TypeShape): string {
  const labelled = union(labels.map(text), BEFORE + keyOf(name).length + 2)
  return `${keyOf(name)}:${labelled.startsWith('\n') ? '' : ' '}${labelled}`
}

function printComposite(shape: DatabaseShape, { name, columns }: RelationShape): string {
  return member(name, block(columns.map((column) => member(column.name, orNull(typeOf(shape, column.type))))))
}

/** Labels as values, for lists to choose from. An object literal, so that nothing stands where there is none. */
function constants(shape: DatabaseShape): string {
  const schemas = shape.schemas.map((schema) => {
    const enums = enumsOf(shape, schema).map(({ name, labels }) => `${keyOf(name)}: ${labelList(name, labels)},`)
    return `${keyOf(schema)}: {\n${indented(enums.length === 0 ? 'Enums: {},' : `Enums: {\n${indented(enums.join('\n'))}\n},`)}\n},`
  })
  return `{\n${indented(schemas.join('\n'))}\n}`
}

function labelList(name: string, labels: readonly string[]): string {
  const line = `[${labels.map(text).join(', ')}]`
  return BEFORE + keyOf(name).length + line.length + 3 > 80 ? list(labels.map(text)) : line
}
