// One function in the OpenAPI 3.1 description, all overloads of it at once.

import type { Parameter, Routine } from '../../../catalog/catalog.ts'
import { commented } from '../open-api-relation.ts'
import { elementType, openApiType } from '../open-api-types.ts'
import { answers, parameter, rowsContent } from './relation-path.ts'
import { type Json, rowReference, valueSchema } from './schemas.ts'

export interface RoutineContext {
  /** Shortens a type's name. */
  readonly printed: (type: string) => string
  /** Whether the document has this relation. */
  readonly describes: (relation: Routine['returns']['type']) => boolean
}

/** The calls of a function: POST always, GET where it changes nothing. `overloads` has at least one. */
export function routinePath(name: string, overloads: readonly Routine[], context: RoutineContext): Json {
  const [first] = overloads
  const responses = answers(first === undefined ? {} : answered(first, context))
  const about = { tags: [`(rpc) ${name}`], ...commented(first?.description ?? null), responses }
  const post = { ...about, parameters: [parameter('preferParams')], requestBody: body(overloads, context) }
  const quiet = overloads.filter(({ volatility }) => volatility !== 'volatile')
  if (quiet.length === 0) return { post }
  return { get: { ...about, parameters: queryParameters(quiet, context) }, post }
}

function answered({ returns }: Routine, { describes }: RoutineContext): Json {
  if (returns.shape === 'void' && !returns.set) return { 204: { description: 'No Content' } }
  const row = returns.shape === 'relation' && describes(returns.type) ? rowReference(returns.type.name) : {}
  if (returns.set) return { 200: { description: 'OK', content: rowsContent(row) } }
  return { 200: { description: 'OK', content: { 'application/json': { schema: row } } } }
}

const wholeBodies: Readonly<Record<string, string>> = {
  text: 'text/plain',
  xml: 'text/xml',
  bytea: 'application/octet-stream',
}

/** Named arguments as an object; the one unnamed parameter takes the body as it is. */
function body(overloads: readonly Routine[], { printed }: RoutineContext): Json {
  const schemas: Json[] = []
  const content: Record<string, Json> = {}
  for (const { parameters } of overloads) {
    const [only] = parameters
    if (only?.name !== '') schemas.push(argumentsSchema(parameters, printed))
    else if (wholeBodies[only.type] === undefined) schemas.push({})
    else content[wholeBodies[only.type] ?? ''] = { schema: { type: 'string' } }
  }
  if (schemas.length > 0) {
    content['application/json'] = { schema: schemas.length === 1 ? schemas[0] : { anyOf: schemas } }
  }
  return { required: overloads.every(({ parameters }) => parameters.some(({ required }) => required)), content }
}

function argumentsSchema(parameters: readonly Parameter[], printed: RoutineContext['printed']): Json {
  const required = parameters.filter((each) => each.required).map(({ name }) => name)
  return {
    type: 'object',
    properties: Object.fromEntries(parameters.map(({ name, type }) => [name, valueSchema(printed(type), true)])),
    ...(required.length === 0 ? {} : { required }),
  }
}

/** Those of all overloads; required are those that every one requires. */
function queryParameters(overloads: readonly Routine[], { printed }: RoutineContext): readonly Json[] {
  const byName = Map.groupBy(
    overloads.flatMap(({ parameters }) => parameters).filter(({ name }) => name !== ''),
    ({ name }) => name,
  )
  return [...byName].map(([name, [first, ...others]]) => ({
    name,
    in: 'query',
    required: [first, ...others].filter((each) => each?.required === true).length === overloads.length,
    schema: first === undefined ? {} : querySchema(first, printed(first.type)),
  }))
}

/** Arrays are written as one literal, variadic ones by repeating the parameter. */
function querySchema({ variadic }: Parameter, type: string): Json {
  if (variadic) return { type: 'array', items: valueSchema(elementType(type)) }
  const named = openApiType(type)
  return named === null || named === 'array' ? { type: 'string', format: type } : valueSchema(type)
}
