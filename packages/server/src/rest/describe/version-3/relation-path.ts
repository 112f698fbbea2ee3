// One relation in the OpenAPI 3.1 description: what can be asked of it and what comes back.

import type { Column, Relation } from '../../../catalog/catalog.ts'
import { commented } from '../open-api-relation.ts'
import { isWritable, type Json, rowReference } from './schemas.ts'

/** A reference to a parameter defined once for the document. */
export function parameter(name: string): Json {
  return { $ref: `#/components/parameters/${name}` }
}

const refused = { $ref: '#/components/responses/refused' }

/** A response of this schema, or what the door says where it refuses. */
export function answers(responses: Json): Json {
  return { ...responses, default: refused }
}

/** Rows in each of the ways they can be asked for. */
export function rowsContent(row: Json): Json {
  return {
    'application/json': { schema: { type: 'array', items: row } },
    'application/vnd.pgrst.object+json': { schema: row },
    'text/csv': { schema: { type: 'string' } },
  }
}

// Parameters of the query with a meaning of their own; a column of such a name cannot be filtered by its name.
const taken = new Set(['select', 'order', 'limit', 'offset', 'and', 'or', 'columns', 'on_conflict'])

function filter({ name, description }: Column): Json {
  return {
    name,
    in: 'query',
    description: description ?? 'A condition: an operator, a dot, a value, as in `eq.1`',
    schema: { type: 'string' },
  }
}

/** The operations on a relation; a writing one where it is possible. */
export function relationPath(relation: Relation): Json {
  const { name, insertable, updatable, deletable } = relation
  const about = { tags: [name], ...commented(relation.description) }
  const filters = [...relation.columns.values()].filter((column) => !taken.has(column.name)).map(filter)
  const windows = ['select', 'order', 'range', 'rangeUnit', 'offset', 'limit', 'preferCount'].map(parameter)
  const rows = rowsContent(rowReference(name))
  const get = {
    ...about,
    parameters: [...filters, ...windows],
    responses: answers({
      200: { description: 'OK', content: rows },
      206: { description: 'Partial Content', content: rows },
    }),
  }
  if (!isWritable(relation)) return { get }
  const changed = answers({
    200: { description: 'OK', content: rows },
    204: { description: 'No Content' },
  })
  const changing = [...filters, parameter('select'), parameter('preferReturn')]
  return {
    get,
    ...(insertable ? { post: { ...about, ...insertion(name), responses: inserted(rows) } } : {}),
    ...(updatable
      ? { patch: { ...about, parameters: changing, requestBody: changesBody(name), responses: changed } }
      : {}),
    ...(deletable ? { delete: { ...about, parameters: changing, responses: changed } } : {}),
  }
}

function insertion(name: string): Json {
  const row = rowReference(name, 'new')
  return {
    parameters: ['select', 'columns', 'onConflict', 'preferPost'].map(parameter),
    requestBody: {
      required: true,
      content: {
        'application/json': { schema: { oneOf: [row, { type: 'array', items: row }] } },
        'text/csv': { schema: { type: 'string' } },
      },
    },
  }
}

function inserted(rows: Json): Json {
  return answers({
    200: { description: 'OK, nothing was new', content: rows },
    201: { description: 'Created', content: rows },
  })
}

function changesBody(name: string): Json {
  return { required: true, content: { 'application/json': { schema: rowReference(name, 'changes') } } }
}
