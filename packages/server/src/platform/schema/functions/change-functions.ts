// Making, changing and dropping functions, each in one transaction; `sql` is what was run.

import type { Sql } from '../../../database/sql.ts'
import { Refusal } from '../../../refusal/refusal.ts'
import type { PlatformSession } from '../../database/platform-database.ts'
import { runStatements } from '../../database/run-statements.ts'
import { tellDependants } from '../../database/tell-dependants.ts'
import type { FunctionChange, FunctionInput } from './function-input.ts'
import { type FunctionShown, readFunction } from './read-functions.ts'
import { resolveArguments, resolveReturns } from './resolve-types.ts'
import { keptClauses, newestByName } from './sql/function-rows.ts'
import {
  commentOnFunction,
  createFunction,
  dropFunction,
  moveFunction,
  renameFunction,
  replaceFunction,
} from './sql/function-statements.ts'

interface Changed {
  /** The statements, in order. */
  readonly sql: readonly string[]
  /** Null where nothing was run. */
  readonly function: FunctionShown | null
}

/** Refuses `platform.type-unknown`, and `postgres.*` where one with these arguments is there. */
export async function makeFunction(session: PlatformSession, input: FunctionInput): Promise<Changed> {
  const returns = await resolveReturns(session, input.returns)
  const args = await resolveArguments(session, input.arguments)
  const statement = createFunction({ ...input, returns, arguments: args })
  if (input.preview) return { sql: [statement], function: null }
  await session.execute(statement)
  const [made] = await session.rows<{ oid: string }>(newestByName, [input.schema, input.name])
  const oid = Number(made?.oid)
  if (input.comment === '') return { sql: [statement], function: await readFunction(session, oid) }
  const comment = commentOnFunction(await readFunction(session, oid), input.comment)
  await session.execute(comment)
  return { sql: [statement, comment], function: await readFunction(session, oid) }
}

/** Refuses `platform.function-signature-locked`, `platform.function-locked` and `platform.function-changed`. */
export async function changeFunction(session: PlatformSession, oid: number, change: FunctionChange): Promise<Changed> {
  const present = await readFunction(session, oid)
  refuseOtherSignature(present, change)
  if (change.version !== undefined && change.version !== present.version) {
    throw new Refusal('platform.function-changed', { name: present.name }, { fix: 'Read it again and change that.' })
  }
  const statements = await statementsOf(session, present, change)
  if (change.preview) return { sql: statements, function: null }
  await runStatements(session, statements)
  return { sql: statements, function: await readFunction(session, oid) }
}

/** Refuses `platform.dependants` unless told to drop them too. */
export async function removeFunction(session: PlatformSession, oid: number, cascade: boolean): Promise<Changed> {
  const present = await readFunction(session, oid)
  const statement = dropFunction(present, cascade)
  await tellDependants(
    `${present.kind} ${present.schema}.${present.name}`,
    'Drop or change these first, or repeat with cascade=true to drop them all.',
    async () => await session.execute(statement),
  )
  return { sql: [statement], function: null }
}

function refuseOtherSignature({ name }: FunctionShown, change: FunctionChange): void {
  if (change.returns === undefined && change.arguments === undefined) return
  throw new Refusal(
    'platform.function-signature-locked',
    { name },
    { fix: 'Create another function, move what calls this one, and drop it.' },
  )
}

/** In the order in which each still finds the function under the name that it has then. */
async function statementsOf(
  session: PlatformSession,
  present: FunctionShown,
  change: FunctionChange,
): Promise<readonly Sql[]> {
  const statements: Sql[] = []
  if (changesBody(change)) statements.push(await replacement(session, present, change))
  if (change.comment !== undefined) statements.push(commentOnFunction(present, change.comment))
  const { name = present.name, schema = present.schema } = change
  if (name !== present.name) statements.push(renameFunction(present, name))
  if (schema !== present.schema) statements.push(moveFunction({ ...present, name }, schema))
  return statements
}

function changesBody({ language, behaviour, security, configuration, definition }: FunctionChange): boolean {
  return [language, behaviour, security, configuration, definition].some((value) => value !== undefined)
}

/** What no text describes cannot be written again. */
async function replacement(session: PlatformSession, present: FunctionShown, change: FunctionChange): Promise<Sql> {
  const { kind, definition } = present
  if (definition === null || (kind !== 'function' && kind !== 'procedure')) {
    throw new Refusal('platform.function-locked', { name: present.name, kind, language: present.language })
  }
  const [kept] = await session.rows<{ arguments: string; others: string[] }>(keptClauses, [present.oid])
  if (kept === undefined) throw new Refusal('platform.object-unknown', { kind, id: String(present.oid) })
  return replaceFunction(
    { ...present, ...kept, kind },
    {
      language: change.language ?? present.language,
      behaviour: change.behaviour ?? present.behaviour,
      security: change.security ?? present.security,
      configuration: change.configuration ?? present.configuration,
      definition: change.definition ?? definition,
    },
  )
}
