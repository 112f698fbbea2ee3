// Listing, enabling and disabling extensions.

import { Refusal } from '../../../refusal/refusal.ts'
import type { PlatformDatabase, PlatformSession } from '../../database/platform-database.ts'
import { runStatements } from '../../database/run-statements.ts'
import { tellDependants } from '../../database/tell-dependants.ts'
import { createExtension, createSchema, dropExtension, extensionRows } from './sql/extension-statements.ts'
import { cannotLoad, missingExtensions } from './unavailable.ts'

export interface ExtensionsDeps {
  readonly database: PlatformDatabase
  /** As the most able role there is: only a superuser may enable an extension that is not trusted. */
  readonly administration: PlatformDatabase
  readonly embedded: boolean
}

interface ExtensionRow {
  readonly name: string
  readonly version: string
  readonly installed: string | null
  readonly schema: string | null
  readonly comment: string
  readonly fixed_schema: string | null
  readonly requires: readonly string[]
}

export interface ExtensionShown {
  readonly name: string
  /** The one that would be enabled. */
  readonly version: string | null
  readonly installed: string | null
  readonly schema: string | null
  /** The schema it insists on. */
  readonly fixedSchema: string | null
  readonly comment: string
  readonly requires: readonly string[]
  readonly available: boolean
  /** Why it is not available. */
  readonly reason: string | null
}

interface Changed {
  readonly sql: readonly string[]
  readonly extension: ExtensionShown | undefined
}

/** What the server has, and what people look for in vain, by name. */
export async function listExtensions(session: PlatformSession, embedded: boolean): Promise<readonly ExtensionShown[]> {
  const rows = await session.rows<ExtensionRow>(extensionRows)
  const missing = missingExtensions(new Set(rows.map((row) => row.name)), embedded)
  const absent = { version: null, installed: null, schema: null, fixedSchema: null, requires: [], available: false }
  const all = [...rows.map((row) => shown(row, embedded)), ...missing.map((each) => ({ ...each, ...absent }))]
  return all.sort((left, right) => (left.name < right.name ? -1 : 1))
}

/** Refuses `platform.extension-unavailable`. */
export async function enableExtension(deps: ExtensionsDeps, name: string, wish: string | null): Promise<Changed> {
  const extension = await findExtension(deps, name)
  if (!extension.available || extension.version === null)
    throw new Refusal('platform.extension-unavailable', { name, reason: extension.reason ?? '' })
  const schema = extension.fixedSchema === null ? wish : null
  const statements = [...(schema === null ? [] : [createSchema(schema)]), createExtension(name, schema)]
  await deps.administration.transaction(null, async (session) => await runStatements(session, statements))
  return { sql: statements, extension: await findExtension(deps, name) }
}

/** Refuses `platform.dependants` unless told to drop them too. */
export async function disableExtension(deps: ExtensionsDeps, name: string, cascade: boolean): Promise<Changed> {
  await findExtension(deps, name)
  const statement = dropExtension(name, cascade)
  await deps.administration.transaction(null, async (session) => {
    await tellDependants(
      `extension ${name}`,
      'Drop or change these first, or repeat with cascade=true to drop them all.',
      async () => await session.execute(statement),
    )
  })
  return { sql: [statement], extension: await findExtension(deps, name) }
}

async function findExtension({ database, embedded }: ExtensionsDeps, name: string): Promise<ExtensionShown> {
  const all = await database.transaction(null, async (session) => await listExtensions(session, embedded))
  const found = all.find((extension) => extension.name === name)
  if (found === undefined) throw new Refusal('platform.object-unknown', { kind: 'extension', id: name })
  return found
}

function shown({ fixed_schema: fixedSchema, ...row }: ExtensionRow, embedded: boolean): ExtensionShown {
  const reason = cannotLoad(row.name, embedded)
  return { ...row, fixedSchema, available: reason === null, reason }
}
