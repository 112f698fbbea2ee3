// Rows and values in the words of OpenAPI 3.1, which are those of JSON Schema 2020-12.

import type { Column, Relation, Relationship } from '../../../catalog/catalog.ts'
import { columnDescription } from '../open-api-relation.ts'
import { defaultValue, elementType, openApiFormat, openApiType } from '../open-api-types.ts'

export type Json = Readonly<Record<string, unknown>>

/** Names of components are ASCII letters, digits, `.`, `_`, `-` only (OpenAPI 3.1, §4.8.7). */
function componentName(name: string): string {
  return name.replaceAll(/[^\w.-]/gu, (character) => `.x${(character.codePointAt(0) ?? 0).toString(16)}.`)
}

/** What a client sends or gets of a relation: a whole row, one to insert, or columns to change. */
export type RowUse = 'row' | 'new' | 'changes'

function schemaName(relation: string, use: RowUse): string {
  return use === 'row' ? componentName(relation) : `${componentName(relation)}.${use}`
}

export function rowReference(relation: string, use: RowUse = 'row'): Json {
  return { $ref: `#/components/schemas/${schemaName(relation, use)}` }
}

/** A value of this type in JSON; anything for json itself. */
export function valueSchema(type: string, nullable = false): Json {
  const named = openApiType(type)
  const format = openApiFormat(type)
  if (named === null) return { format }
  const items = named === 'array' ? { items: valueSchema(elementType(type), true) } : {}
  return { type: nullable ? [named, 'null'] : named, format, ...items }
}

/** The components of one relation. */
export function rowSchemas(
  relation: Relation,
  relationships: readonly Relationship[],
): readonly (readonly [name: string, schema: Json])[] {
  const columns = [...relation.columns.values()]
  const writable = columns.filter(({ generated }) => !generated)
  const described = relation.description === null ? {} : { description: relation.description }
  const object = (of: readonly Column[], required: readonly Column[]): Json => ({
    ...described,
    type: 'object',
    properties: Object.fromEntries(of.map((each) => [each.name, columnSchema(each, relation, relationships)])),
    ...(required.length === 0 ? {} : { required: required.map(({ name }) => name) }),
  })
  const present = columns.filter(({ nullable }) => !nullable)
  const owed = writable.filter(({ nullable, defaultExpression }) => !nullable && defaultExpression === null)
  const schemas: readonly (readonly [string, Json])[] = [[schemaName(relation.name, 'row'), object(columns, present)]]
  if (!isWritable(relation)) return schemas
  return [
    ...schemas,
    [schemaName(relation.name, 'new'), object(writable, owed)],
    [schemaName(relation.name, 'changes'), object(writable, [])],
  ]
}

/** Whether anything of the relation can be changed. */
export function isWritable({ insertable, updatable, deletable }: Relation): boolean {
  return insertable || updatable || deletable
}

function columnSchema(column: Column, relation: Relation, relationships: readonly Relationship[]): Json {
  const { baseType, nullable, maxLength, enumLabels, defaultExpression, generated } = column
  const preset = defaultExpression === null ? undefined : defaultValue(baseType, defaultExpression)
  const description = columnDescription(column, relation, relationships)
  return {
    ...valueSchema(baseType, nullable),
    ...(preset === undefined ? {} : { default: preset }),
    ...(description === null ? {} : { description }),
    ...(enumLabels.length === 0 ? {} : { enum: nullable ? [...enumLabels, null] : enumLabels }),
    ...(maxLength === null ? {} : { maxLength }),
    ...(generated ? { readOnly: true } : {}),
  }
}
