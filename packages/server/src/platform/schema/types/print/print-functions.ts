// Functions: what each takes and answers with, overloads as a union.

import { byName } from '../reading/read-shape.ts'
import type { ArgumentShape, DatabaseShape, FunctionShape, RelationShape } from '../reading/shape.ts'
import { block, compact, indented, keyOf, member, text } from './layout.ts'
import { rowMembers } from './print-relation.ts'
import { typeOf } from './type-of.ts'

/** What the body of a request may be, so that a function may take it whole, without a name. */
const WHOLE_BODIES = new Set(['json', 'jsonb', 'text', 'xml', 'bytea'])
/** Columns taken by what stands before a signature on its line, at least. */
const BEFORE = 8

/** A member for each name among `functions`, which are those of one schema. */
export function printFunctions(shape: DatabaseShape, functions: readonly FunctionShape[]): readonly string[] {
  const callable = functions.filter((one) => isCallable(shape, one))
  const byFunctionName = Object.entries(Object.groupBy(callable, ({ name }) => name))
  return byFunctionName
    .sort(([one], [other]) => byName(one, other))
    .map(([name, overloads = []]) => printOverloads(shape, name, overloads))
}

/** Whether the REST door finds it: by names, by the whole body, or as a field of a row. */
function isCallable(shape: DatabaseShape, { arguments: all }: FunctionShape): boolean {
  const inputs = all.filter(({ input }) => input)
  if (inputs.every(({ name }) => name !== '')) return true
  const [only] = inputs
  return inputs.length === 1 && only !== undefined && (isWholeBody(shape, only) || rowOf(shape, only.type) !== null)
}

function isWholeBody({ types }: DatabaseShape, { type }: ArgumentShape): boolean {
  const { schema, name } = types.get(type) ?? {}
  return schema === 'pg_catalog' && name !== undefined && WHOLE_BODIES.has(name)
}

function printOverloads(shape: DatabaseShape, name: string, overloads: readonly FunctionShape[]): string {
  const signatures = overloads.map((one) => printSignature(shape, one, overloads))
  const before = keyOf(name).length + BEFORE
  const [first = ''] = signatures.map((members) => compact(members, before))
  if (signatures.length === 1) return `${keyOf(name)}: ${first}`
  const lines = signatures.map((members) => `| ${compact(members, BEFORE + 4).replaceAll('\n', '\n  ')}`)
  return `${keyOf(name)}:\n${indented(lines.join('\n'))}`
}

function printSignature(
  shape: DatabaseShape,
  one: FunctionShape,
  overloads: readonly FunctionShape[],
): readonly string[] {
  const problem = problemOf(shape, one, overloads)
  const returned = problem === null ? returnedBy(shape, one) : `{ error: true } & ${text(problem)}`
  const setof = setofOptions(shape, one)
  const isOneRow = setof !== null && !one.manyRows
  return [
    `Args: ${argumentsOf(shape, one)}`,
    `Returns: ${one.returnsSet && !isOneRow ? listOf(returned) : returned}`,
    ...(setof === null ? [] : [`SetofOptions: ${setof}`]),
  ]
}

function listOf(type: string): string {
  return / [|&] /.test(type) && !type.startsWith('{') ? `(${type})[]` : `${type}[]`
}

function argumentsOf(shape: DatabaseShape, { arguments: all, defaults }: FunctionShape): string {
  const inputs = all.filter(({ input }) => input)
  if (inputs.length === 0) return 'never'
  const optional = new Set(defaults === 0 ? [] : inputs.slice(-defaults))
  const members = [...inputs]
    .sort((left, right) => byName(left.name, right.name))
    .map((argument) => member(argument.name, typeOf(shape, argument.type), optional.has(argument)))
  return compact(members, BEFORE + 8)
}

/** The columns of TABLE or of several OUT, which Supabase's command knows of TABLE alone; a row's; or the type. */
function returnedBy(shape: DatabaseShape, { arguments: all, returns }: FunctionShape): string {
  const outputs = all.filter(({ mode }) => mode === 't' || mode === 'o' || mode === 'b')
  const isRecord = shape.types.get(returns)?.name === 'record' || outputs.some(({ mode }) => mode === 't')
  if (isRecord && outputs.length > 0) return block(outputs.map(({ name, type }) => member(name, typeOf(shape, type))))
  const row = rowOf(shape, returns)
  if (row === null || row.kind === 'c') return typeOf(shape, returns)
  return block(
    rowMembers(
      shape,
      [...row.columns].sort((one, other) => byName(one.name, other.name)),
    ),
  )
}

/** The relation whose row a type is; null for other types. */
export function rowOf({ types, relations }: DatabaseShape, typeId: string): RelationShape | null {
  const type = types.get(typeId)
  if (type?.relation === null || type === undefined) return null
  return relations.find(({ id }) => id === type.relation) ?? null
}

/** What lets a client embed what the function returns, or select from it; null where that is no row. */
function setofOptions(shape: DatabaseShape, one: FunctionShape): string | null {
  const target = rowOf(shape, one.returns)
  if (target === null) return null
  const [only, ...more] = one.arguments
  const source = only === undefined || more.length > 0 ? null : rowOf(shape, only.type)
  return block([
    `from: ${text(source?.name ?? '*')}`,
    `to: ${text(target.name)}`,
    `isOneToOne: ${!one.manyRows}`,
    `isSetofReturn: ${one.returnsSet}`,
  ])
}

/** Why a call would be refused; null where it would not. */
function problemOf(shape: DatabaseShape, one: FunctionShape, overloads: readonly FunctionShape[]): string | null {
  const { schema, name } = one
  const names = inputNames(one)
  const alike = overloads.filter((other) => inputNames(other) === names)
  if (alike.length > 1) {
    const candidates = alike.map((other) => `${schema}.${name}(${describe(shape, other)})`).join(', ')
    return `Could not choose the best candidate function between: ${candidates}. Name their parameters apart, or the functions.`
  }
  const [only, ...more] = one.arguments.filter(({ input }) => input)
  if (only === undefined || more.length > 0 || only.name !== '' || isWholeBody(shape, only)) return null
  return rowOf(shape, one.returns) === null
    ? `${schema}.${name} is a field of ${rowOf(shape, only.type)?.name ?? 'a row'}: select it by name, it cannot be called.`
    : null
}

function inputNames({ arguments: all }: FunctionShape): string {
  const names = all.filter(({ input }) => input).map(({ name }) => name)
  return JSON.stringify(names.sort(byName))
}

function describe(shape: DatabaseShape, { arguments: all }: FunctionShape): string {
  const inputs = all.filter(({ input }) => input)
  return inputs.map(({ name, type }) => `${name} => ${shape.types.get(type)?.name ?? 'unknown'}`).join(', ')
}
