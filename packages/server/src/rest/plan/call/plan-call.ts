// A call of a function: which overload, how its arguments travel, what its result must contain.

import type { Catalog, Parameter, RelationName, Routine } from '../../../catalog/catalog.ts'
import type { ApiRequest } from '../../request/api-request.ts'
import { bodyKeys, jsonOf } from '../mutation/json-rows.ts'
import type { ArgumentValue, CallArguments } from '../plan.ts'
import { type Call, chooseRoutine, type WholeBody } from './choose-routine.ts'

export interface PlannedCall {
  readonly routine: Routine
  readonly arguments: CallArguments
}

/** Refuses `catalog.routine-unknown` and `catalog.routine-ambiguous`. */
export function planCall(request: ApiRequest, name: RelationName, catalog: Catalog): PlannedCall {
  const posted = request.action.kind === 'call' && request.action.by === 'post'
  const argumentNames = posted
    ? bodyKeys(request.payload, request.query.columns)
    : [...new Set(request.query.arguments.map(([argument]) => argument))].sort()
  const call: Call = { name, argumentNames, wholeBody: posted ? wholeBodyOf(request) : null }
  const routine = chooseRoutine(catalog, call)
  return { routine, arguments: argumentsOf(request, routine, argumentNames, posted) }
}

function wholeBodyOf({ contentType }: ApiRequest): WholeBody | null {
  switch (contentType.essence) {
    case 'application/json':
      return 'json'
    case 'text/plain':
      return 'text'
    case 'text/xml':
      return 'xml'
    case 'application/octet-stream':
      return 'bytea'
    default:
      return null
  }
}

function argumentsOf(request: ApiRequest, routine: Routine, names: readonly string[], posted: boolean): CallArguments {
  const { payload } = request
  const [only] = routine.parameters
  const given = posted ? (payload?.kind === 'form' ? payload.fields : null) : request.query.arguments
  if (routine.parameters.length === 1 && only?.name === '') {
    if (payload?.kind === 'raw') return { kind: 'whole', type: only.type, value: payload.bytes }
    const value = given === null ? jsonOf(payload).json : JSON.stringify(Object.fromEntries(given))
    return { kind: 'whole', type: only.type, value }
  }
  const parameters = routine.parameters.filter((parameter) => names.includes(parameter.name))
  if (parameters.length === 0) return { kind: 'none' }
  if (given === null) return { kind: 'json', ...jsonOf(payload), parameters }
  const values = parameters.map((parameter) => ({ parameter, value: argumentValue(parameter, given) }))
  return { kind: 'direct', values }
}

/** A variadic parameter gathers every value of its name; of any other the last one counts. */
function argumentValue(parameter: Parameter, given: readonly (readonly [string, string])[]): ArgumentValue {
  const texts = given.filter(([name]) => name === parameter.name).map(([, value]) => value)
  return parameter.variadic ? { kind: 'variadic', texts } : { kind: 'single', text: texts.at(-1) ?? '' }
}
