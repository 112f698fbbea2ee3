// Postgres types in the words of OpenAPI 2.0 (https://swagger.io/specification/v2/#data-types).

export type OpenApiType = 'string' | 'boolean' | 'integer' | 'number' | 'array'

/** Null for json, which may be anything. */
export function openApiType(type: string): OpenApiType | null {
  switch (type) {
    case 'boolean':
      return 'boolean'
    case 'smallint':
    case 'integer':
    case 'bigint':
      return 'integer'
    case 'numeric':
    case 'real':
    case 'double precision':
      return 'number'
    case 'json':
    case 'jsonb':
      return null
    default:
      return type.endsWith('[]') ? 'array' : 'string'
  }
}

/** The Postgres type, but for the integers, whose width OpenAPI has names for. */
export function openApiFormat(type: string): string {
  if (type === 'smallint' || type === 'integer') return 'int32'
  return type === 'bigint' ? 'int64' : type
}

/** What an array holds. */
export function elementType(type: string): string {
  return type.slice(0, -2)
}

/** `type`, `format`, `items` of a value in JSON. */
export function valueSchema(type: string): Readonly<Record<string, unknown>> {
  const named = openApiType(type)
  const schema = { format: openApiFormat(type), ...(named === null ? {} : { type: named }) }
  if (named !== 'array') return schema
  const element = openApiType(elementType(type))
  return { ...schema, items: element === null ? {} : { type: element } }
}

/** A default expression as the value it stands for, where it is a plain one; undefined elsewhere. */
export function defaultValue(type: string, expression: string): unknown {
  const cast = `::${type}`
  const written = expression.endsWith(cast) ? expression.slice(0, -cast.length).replaceAll(/^'+|'+$/g, '') : expression
  try {
    return JSON.parse(openApiType(type) === 'string' ? `"${written}"` : expression) as unknown
  } catch {
    return undefined
  }
}
