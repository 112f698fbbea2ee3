// Functions that can be called, and those that translate domains or produce media types, from the rows of
// `sql/routines.ts`.

import type { Rows } from '../../database/statement.ts'
import type { MediaHandler, Parameter, Representation, Routine, RoutineReturn } from '../catalog.ts'
import { booleanAt, jsonAt, numberAt, textAt, textOrNullAt, type Cells } from './cells.ts'

type Argument = readonly [name: string | null, type: string, mode: string]

const volatilities: Readonly<Record<string, Routine['volatility']>> = { i: 'immutable', s: 'stable', v: 'volatile' }

// The declared type without a length would cut values to one character or bit.
const wideTypes: Readonly<Record<string, string>> = {
  bit: 'bit varying',
  'bit[]': 'bit varying[]',
  character: 'character varying',
  'character[]': 'character varying[]',
}

// A function whose only parameter has no name takes the request's body, if the type can hold one.
const bodyTypes: ReadonlySet<string> = new Set(['bytea', 'json', 'jsonb', 'text', 'xml'])

/** schema → name → overloads, those with the fewest parameters first. */
export function readRoutines(
  rows: Rows,
  hoistedSettings: ReadonlySet<string>,
): Map<string, Map<string, readonly Routine[]>> {
  const schemas = new Map<string, Map<string, Routine[]>>()
  for (const cells of rows.rows) {
    const routine = readRoutine(cells, hoistedSettings)
    if (!isCallable(routine.parameters)) continue
    const ofSchema = schemas.get(routine.schema) ?? new Map<string, Routine[]>()
    schemas.set(routine.schema, ofSchema)
    ofSchema.set(routine.name, [...(ofSchema.get(routine.name) ?? []), routine].toSorted(compareOverloads))
  }
  return schemas
}

export function readRepresentations(rows: Rows): Representation[] {
  return rows.rows.map((cells) => ({
    source: textAt(cells, 0),
    target: textAt(cells, 1),
    function: { schema: textAt(cells, 2), name: textAt(cells, 3) },
  }))
}

export function readMediaHandlers(rows: Rows): MediaHandler[] {
  return rows.rows.map((cells) => {
    const relation = textOrNullAt(cells, 5)
    const kind = textAt(cells, 3) === 'a' ? 'aggregate' : 'routine'
    return {
      mediaType: textAt(cells, 0),
      relation: kind === 'routine' || relation === null ? null : { schema: textAt(cells, 4), name: relation },
      function: { schema: textAt(cells, 1), name: textAt(cells, 2) },
      kind,
      bytes: booleanAt(cells, 6),
    }
  })
}

function readRoutine(cells: Cells, hoistedSettings: ReadonlySet<string>): Routine {
  const configuration = jsonAt<readonly string[]>(cells, 11, []).map(splitSetting)
  const argumentsOfAllModes = jsonAt<readonly Argument[]>(cells, 3, [])
  const parameters = readParameters(argumentsOfAllModes, numberAt(cells, 4))
  const isolation = configuration.find(([name]) => name === 'default_transaction_isolation')
  return {
    schema: textAt(cells, 0),
    name: textAt(cells, 1),
    description: textOrNullAt(cells, 2),
    parameters,
    returns: readReturn(cells, argumentsOfAllModes),
    volatility: volatilities[textAt(cells, 10)] ?? 'volatile',
    variadic: parameters.some((parameter) => parameter.variadic),
    isolation: isolation?.[1] ?? null,
    settings: configuration.filter(([name]) => name !== 'default_transaction_isolation' && hoistedSettings.has(name)),
  }
}

/** Those that a caller passes: IN, INOUT and VARIADIC. The last `defaults` of them may be left out. */
function readParameters(all: readonly Argument[], defaults: number): Parameter[] {
  const passed = all.filter(([, , mode]) => mode === 'i' || mode === 'b' || mode === 'v')
  return passed.map(([name, type, mode], index) => ({
    name: name ?? '',
    type,
    castType: wideTypes[type] ?? type,
    required: index < passed.length - defaults,
    variadic: mode === 'v',
  }))
}

function readReturn(cells: Cells, all: readonly Argument[]): RoutineReturn {
  const returned = all.filter(([, , mode]) => mode === 'o' || mode === 'b' || mode === 't')
  const type = { schema: textAt(cells, 5), name: textAt(cells, 6) }
  const relationKind = textOrNullAt(cells, 7)
  const attributes = jsonAt<readonly (readonly [string, string])[]>(cells, 12, [])
  const columns =
    returned.length > 0
      ? returned.map(([name, columnType], index) => ({ name: name ?? `column${index + 1}`, type: columnType }))
      : attributes.map(([name, attributeType]) => ({ name, type: attributeType }))
  return {
    set: booleanAt(cells, 8),
    shape: shapeOf(relationKind, returned.length > 0, type),
    type,
    compositeAlias: relationKind !== null && booleanAt(cells, 9),
    columns,
  }
}

function shapeOf(
  relationKind: string | null,
  hasColumns: boolean,
  type: RoutineReturn['type'],
): RoutineReturn['shape'] {
  if (relationKind !== null) return relationKind === 'c' ? 'composite' : 'relation'
  if (hasColumns) return 'composite'
  return type.schema === 'pg_catalog' && type.name === 'void' ? 'void' : 'scalar'
}

/** Either every parameter has a name, or there is one and its type can hold a request's body. */
function isCallable(parameters: readonly Parameter[]): boolean {
  const unnamed = parameters.filter(({ name }) => name === '')
  if (unnamed.length === 0) return true
  return parameters.length === 1 && unnamed.every(({ type }) => bodyTypes.has(type))
}

function compareOverloads(a: Routine, b: Routine): number {
  if (a.parameters.length !== b.parameters.length) return a.parameters.length - b.parameters.length
  const [left, right] = [JSON.stringify(parameterOrder(a)), JSON.stringify(parameterOrder(b))]
  return left < right ? -1 : left > right ? 1 : 0
}

function parameterOrder(routine: Routine): readonly unknown[] {
  return [routine.description ?? '', ...routine.parameters.map(({ name, type }) => [name, type])]
}

function splitSetting(entry: string): readonly [name: string, value: string] {
  const equals = entry.indexOf('=')
  return [entry.slice(0, equals), entry.slice(equals + 1)]
}
