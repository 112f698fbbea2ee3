// The OpenAPI 3.1 document of a schema (https://spec.openapis.org/oas/v3.1.1): what the 2.0 one says, and beyond it
// which columns may be null, what an insert owes, and what comes back.

import { type Described, externalDocs, infoOf, typePrinter } from '../open-api-document.ts'
import { relationPath } from './relation-path.ts'
import { routinePath } from './routine-path.ts'
import { type Json, rowSchemas } from './schemas.ts'

/** The document as a plain value. */
export function openApi31Document(described: Described): Json {
  const { relations, relationships, config } = described
  const { securityActive, serverUrl } = config.openApi
  const schemas = relations.flatMap((relation) => rowSchemas(relation, relationships.get(relation.name) ?? []))
  return {
    openapi: '3.1.0',
    info: infoOf(described),
    servers: [{ url: serverUrl }],
    externalDocs,
    paths: pathsOf(described),
    components: {
      schemas: { ...Object.fromEntries(schemas), 'tenon.refusal': refusal },
      parameters: sharedParameters,
      responses: {
        refused: {
          description: 'Refused',
          content: { 'application/json': { schema: { $ref: '#/components/schemas/tenon.refusal' } } },
        },
      },
      ...(securityActive ? { securitySchemes: { JWT: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } } } : {}),
    },
    ...(securityActive ? { security: [{ JWT: [] }] } : {}),
  }
}

function pathsOf({ relations, routines, searchPath }: Described): Json {
  const root = {
    get: {
      tags: ['Introspection'],
      summary: 'OpenAPI description (this document)',
      responses: { 200: { description: 'OK', content: { 'application/openapi+json': { schema: {} } } } },
    },
  }
  const names = new Set(relations.map(({ schema, name }) => `${schema}.${name}`))
  const context = {
    printed: typePrinter(searchPath),
    describes: ({ schema, name }: { readonly schema: string; readonly name: string }) => names.has(`${schema}.${name}`),
  }
  const overloads = Map.groupBy(routines, ({ name }) => name)
  return Object.fromEntries([
    ['/', root],
    ...relations.map((relation) => [`/${encodeURIComponent(relation.name)}`, relationPath(relation)] as const),
    ...[...overloads].map(
      ([name, these]) => [`/rpc/${encodeURIComponent(name)}`, routinePath(name, these, context)] as const,
    ),
  ])
}

const textOrNull = { type: ['string', 'null'] }

const refusal = {
  type: 'object',
  properties: { code: { type: 'string' }, message: { type: 'string' }, details: {}, hint: textOrNull },
  required: ['code', 'message'],
}

function prefer(description: string, values: readonly string[]): Json {
  const wanted = values.length === 0 ? {} : { enum: values }
  return { name: 'Prefer', description, in: 'header', schema: { type: 'string', ...wanted } }
}

function query(name: string, description: string, schema: Json = { type: 'string' }): Json {
  return { name, description, in: 'query', schema }
}

const wholeNumber = { type: 'integer' }
const returns = ['return=representation', 'return=minimal', 'return=headers-only']
const resolutions = ['resolution=ignore-duplicates', 'resolution=merge-duplicates']

const sharedParameters: Json = {
  preferParams: prefer('Preferences', []),
  preferReturn: prefer('What comes back', returns),
  preferCount: prefer('How rows are counted', ['count=exact', 'count=planned', 'count=estimated']),
  preferPost: prefer('What comes back, and what becomes of duplicates', [...returns, ...resolutions]),
  select: query('select', 'Columns and embedded relations'),
  columns: query('columns', 'Columns taken from the body'),
  onConflict: query('on_conflict', 'Columns that make a duplicate'),
  order: query('order', 'Ordering'),
  range: { name: 'Range', description: 'Rows from and to', in: 'header', schema: { type: 'string' } },
  rangeUnit: { name: 'Range-Unit', in: 'header', schema: { type: 'string', default: 'items' } },
  offset: query('offset', 'Rows left out', wholeNumber),
  limit: query('limit', 'Most rows', { ...wholeNumber, minimum: 0 }),
}
