// Which overload of a function a call means: by the names of its arguments, else the one unnamed parameter
// that can take the whole body. Types never break ties, as in PostgREST.

import { type Catalog, findRoutines, type RelationName, type Routine } from '../../../catalog/catalog.ts'
import { Refusal } from '../../../refusal/refusal.ts'
import { suggestRoutine } from '../fuzzy/suggest-routine.ts'

export interface Call {
  readonly name: RelationName
  /** Names of the arguments given. */
  readonly argumentNames: readonly string[]
  /** POST: what kind of unnamed parameter takes a body of this content type; null for other methods and forms. */
  readonly wholeBody: WholeBody | null
}

export type WholeBody = 'json' | 'text' | 'xml' | 'bytea'

/** Refuses `catalog.routine-unknown` and `catalog.routine-ambiguous`. */
export function chooseRoutine(catalog: Catalog, call: Call): Routine {
  const overloads = findRoutines(catalog, call.name)
  const named = overloads.filter((routine) => takes(routine, call))
  const candidates = named.length > 0 ? named : overloads.filter((routine) => takesWholeBody(routine, call.wholeBody))
  const [only, another] = candidates
  if (only === undefined) throw unknownRoutine(catalog, call)
  if (another !== undefined) throw new Refusal('catalog.routine-ambiguous', { candidates })
  return only
}

function takes({ parameters }: Routine, { argumentNames, wholeBody }: Call): boolean {
  const given = new Set(argumentNames)
  if (parameters.length === 0) return given.size === 0 && (wholeBody === null || wholeBody === 'json')
  const required = parameters.filter((parameter) => parameter.required)
  if (!required.every((parameter) => given.has(parameter.name))) return false
  const known = new Set(parameters.map((parameter) => parameter.name))
  return argumentNames.every((name) => known.has(name))
}

function takesWholeBody({ parameters }: Routine, wholeBody: WholeBody | null): boolean {
  const [only, another] = parameters
  if (wholeBody === null || only === undefined || another !== undefined || only.name !== '') return false
  return only.type === wholeBody || (wholeBody === 'json' && only.type === 'jsonb')
}

function unknownRoutine(catalog: Catalog, { name, argumentNames, wholeBody }: Call): Refusal {
  // A body that is no JSON names no arguments by which another function could be meant.
  const isGuessable = wholeBody === null || wholeBody === 'json'
  return new Refusal('catalog.routine-unknown', {
    schema: name.schema,
    routine: name.name,
    arguments: argumentNames,
    unnamedParameter: wholeBody,
    suggestion: isGuessable ? suggestRoutine(catalog, name, argumentNames) : null,
  })
}
