// Functions as the endpoints answer with them.

import { Refusal } from '../../../refusal/refusal.ts'
import type { PlatformSession } from '../../database/platform-database.ts'
import type { Behaviour, Security } from './function-input.ts'
import { functionByOid, functionLanguages, functionsOfSchema, functionTypes } from './sql/function-rows.ts'
import type { Signature } from './sql/function-statements.ts'
import type { Setting } from './sql/setting-clauses.ts'

export interface FunctionShown extends Signature {
  readonly oid: number
  /** Another one after each change of it. */
  readonly version: string
  readonly language: string
  readonly behaviour: Behaviour
  readonly security: Security
  /** As Postgres prints it: `text`, `SETOF todos`, `TABLE(id bigint)`; null for a procedure. */
  readonly returns: string | null
  readonly arguments: readonly {
    readonly name: string
    readonly type: string
    readonly mode: 'in' | 'out' | 'inout' | 'variadic' | 'table'
    readonly default: string | null
  }[]
  /** Null where there is no text to show: functions in C, aggregates. */
  readonly definition: string | null
  readonly configuration: readonly Setting[]
  readonly comment: string
  /** Whose it is, where an extension brought it. */
  readonly extension: string | null
  /** The policies that call it. */
  readonly policies: readonly { readonly schema: string; readonly table: string; readonly policy: string }[]
  readonly parsedBody: boolean
}

interface FunctionRow extends Omit<FunctionShown, 'oid' | 'configuration' | 'parsedBody'> {
  readonly oid: string
  readonly configuration: readonly string[]
  readonly parsed_body: boolean
}

/** The functions of a schema, by name. */
export async function listFunctions(session: PlatformSession, schema: string): Promise<readonly FunctionShown[]> {
  return (await session.rows<FunctionRow>(functionsOfSchema, [schema])).map(shown)
}

/** One function. Refuses `platform.object-unknown`. */
export async function readFunction(session: PlatformSession, oid: number): Promise<FunctionShown> {
  const [row] = await session.rows<FunctionRow>(functionByOid, [oid])
  if (row === undefined) throw new Refusal('platform.object-unknown', { kind: 'function', id: String(oid) })
  return shown(row)
}

/** What a form offers for types and languages. */
export async function readFunctionTypes(session: PlatformSession): Promise<unknown> {
  const types = await session.rows(functionTypes)
  const languages = await session.rows<{ name: string }>(functionLanguages)
  return { types, languages: languages.map((language) => language.name) }
}

function shown({ oid, configuration, parsed_body: parsedBody, ...row }: FunctionRow): FunctionShown {
  const settings = configuration.map((entry) => {
    const end = entry.indexOf('=')
    return { name: entry.slice(0, end), value: entry.slice(end + 1) }
  })
  return { ...row, oid: Number(oid), configuration: settings, parsedBody }
}
