// One function in the OpenAPI description.

import type { Parameter, Routine } from '../../catalog/catalog.ts'
import { commented, parameter } from './open-api-relation.ts'
import { elementType, openApiFormat, openApiType, valueSchema } from './open-api-types.ts'

type Json = Readonly<Record<string, unknown>>

const produced = [
  'application/json',
  'application/vnd.pgrst.object+json;nulls=stripped',
  'application/vnd.pgrst.object+json',
]

/** The calls of a function: POST always, GET where it changes nothing. `printed` shortens a type's name. */
export function routinePath(routine: Routine, printed: (type: string) => string): Json {
  const { name, description, parameters, volatility } = routine
  const about = {
    tags: [`(rpc) ${name}`],
    ...commented(description),
    produces: produced,
    responses: { 200: { description: 'OK' } },
  }
  const body = { name: 'args', required: true, in: 'body', schema: bodySchema(routine, printed) }
  const post = { ...about, parameters: [body, parameter('preferParams')] }
  if (volatility === 'volatile') return { post }
  const inQuery = parameters.map((each) => queryParameter(each, printed(each.type)))
  return { get: { ...about, ...(inQuery.length === 0 ? {} : { parameters: inQuery }) }, post }
}

function bodySchema({ description, parameters }: Routine, printed: (type: string) => string): Json {
  const properties = parameters.map(({ name, type }) => [name, valueSchema(printed(type))] as const)
  const required = parameters.filter((each) => each.required).map(({ name }) => name)
  return {
    ...(description === null ? {} : { description }),
    ...(required.length === 0 ? {} : { required }),
    ...(properties.length === 0 ? {} : { properties: Object.fromEntries(properties) }),
    type: 'object',
  }
}

/** Arrays are written as one literal, variadic ones by repeating the parameter. */
function queryParameter({ name, required, variadic }: Parameter, type: string): Json {
  const named = openApiType(type)
  if (!variadic) {
    const written = named === null || named === 'array' ? 'string' : named
    return { name, required, in: 'query', format: openApiFormat(type), type: written }
  }
  const element = elementType(type)
  const items = { type: openApiType(element) ?? 'string', format: openApiFormat(element) }
  return { name, required, in: 'query', type: named ?? 'string', items, collectionFormat: 'multi' }
}
