// One relation in the OpenAPI description: its path, its definition, its parameters.

import type { Column, Relation, Relationship } from '../../catalog/catalog.ts'
import { defaultValue, valueSchema } from './open-api-types.ts'

type Json = Readonly<Record<string, unknown>>

/** First line and rest of a comment, as `summary` and `description`. */
export function commented(comment: string | null): Json {
  if (comment === null) return {}
  const cut = comment.indexOf('\n')
  if (cut < 0) return { summary: comment }
  const rest = comment.slice(cut).replace(/^\n+/, '')
  return { summary: comment.slice(0, cut), ...(rest === '' ? {} : { description: rest }) }
}

/** A reference to a parameter defined once for the document. */
export function parameter(name: string): Json {
  return { $ref: `#/parameters/${name}` }
}

/** The operations on a relation; writing ones where any is possible. */
export function relationPath(relation: Relation): Json {
  const { name, description } = relation
  const about = { tags: [name], ...commented(description) }
  const filters = [...relation.columns.keys()].map((column) => parameter(`rowFilter.${name}.${column}`))
  const windows = ['select', 'order', 'range', 'rangeUnit', 'offset', 'limit', 'preferCount'].map(parameter)
  const rows = { type: 'array', items: { $ref: `#/definitions/${name}` } }
  const get = {
    ...about,
    parameters: [...filters, ...windows],
    responses: { 200: { description: 'OK', schema: rows }, 206: { description: 'Partial Content' } },
  }
  if (!relation.insertable && !relation.updatable && !relation.deletable) return { get }
  const noContent = { 204: { description: 'No Content' } }
  const body = parameter(`body.${name}`)
  const post = [body, parameter('select'), parameter('preferPost')]
  return {
    get,
    post: { ...about, parameters: post, responses: { 201: { description: 'Created' } } },
    patch: { ...about, parameters: [...filters, body, parameter('preferReturn')], responses: noContent },
    delete: { ...about, parameters: [...filters, parameter('preferReturn')], responses: noContent },
  }
}

/** The relation's row as a schema. */
export function relationDefinition(relation: Relation, relationships: readonly Relationship[]): Json {
  const columns = [...relation.columns.values()]
  const properties = columns.map((column) => [column.name, columnSchema(column, relation, relationships)] as const)
  const required = columns.filter(({ nullable }) => !nullable).map(({ name }) => name)
  return {
    ...(relation.description === null ? {} : { description: relation.description }),
    ...(required.length === 0 ? {} : { required }),
    ...(properties.length === 0 ? {} : { properties: Object.fromEntries(properties) }),
    type: 'object',
  }
}

/** The parameters that are the relation's own: its body and a filter for each column. */
export function relationParameters({ name, columns }: Relation): readonly (readonly [name: string, parameter: Json])[] {
  const body = { name, description: name, required: false, in: 'body', schema: { $ref: `#/definitions/${name}` } }
  const filters = [...columns.values()].map((column): readonly [string, Json] => {
    const described = column.description === null ? {} : { description: column.description }
    return [
      `rowFilter.${name}.${column.name}`,
      { name: column.name, ...described, required: false, in: 'query', type: 'string' },
    ]
  })
  return [[`body.${name}`, body], ...filters]
}

function columnSchema(column: Column, relation: Relation, relationships: readonly Relationship[]): Json {
  const { baseType, maxLength, enumLabels, defaultExpression } = column
  const preset = defaultExpression === null ? undefined : defaultValue(baseType, defaultExpression)
  const description = columnDescription(column, relation, relationships)
  return {
    ...valueSchema(baseType),
    ...(preset === undefined ? {} : { default: preset }),
    ...(description === null ? {} : { description }),
    ...(enumLabels.length === 0 ? {} : { enum: enumLabels }),
    ...(maxLength === null ? {} : { maxLength }),
  }
}

/** The comment, then what keys the column is part of, in a form that tools read. */
export function columnDescription(
  column: Column,
  relation: Relation,
  relationships: readonly Relationship[],
): string | null {
  const reference = foreignKeyOf(column, relationships)
  const notes = [
    ...(relation.primaryKey.includes(column.name) ? ['This is a Primary Key.<pk/>'] : []),
    ...(reference === null ? [] : [reference]),
  ]
  if (notes.length === 0) return column.description
  const comment = column.description === null ? '' : `${column.description}\n\n`
  return `${comment}${['Note:', ...notes].join('\n')}`
}

/** Where the column alone references a key; tables before views. */
function foreignKeyOf(column: Column, relationships: readonly Relationship[]): string | null {
  const [found] = relationships
    .filter((relationship) => relationship.kind === 'key')
    .filter(({ cardinality, columns, originIsReferenced }) => {
      const refers = cardinality === 'many-to-one' || (cardinality === 'one-to-one' && !originIsReferenced)
      return refers && columns.length === 1 && columns[0]?.[0] === column.name
    })
    .toSorted((a, b) => Number(a.targetIsView) - Number(b.targetIsView))
  if (found === undefined) return null
  const [table, referenced] = [found.target.name, found.columns[0]?.[1] ?? '']
  return `This is a Foreign Key to \`${table}.${referenced}\`.<fk table='${table}' column='${referenced}'/>`
}
