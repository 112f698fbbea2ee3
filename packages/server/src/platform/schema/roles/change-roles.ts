// Listing, making and dropping roles. A password is told to nobody, not even in `sql`.

import { randomBytes } from 'node:crypto'

import { Refusal } from '../../../refusal/refusal.ts'
import type { PlatformSession } from '../../database/platform-database.ts'
import { runStatements } from '../../database/run-statements.ts'
import { tellDependants } from '../../database/tell-dependants.ts'
import type { RoleInput } from './role-input.ts'
import { scramVerifier } from './scram-verifier.ts'
import { createRole, disown, dropRole, roleRows, setPassword } from './sql/role-statements.ts'

interface RoleRow {
  readonly name: string
  readonly comment: string
  readonly superuser: boolean
  readonly [member: string]: unknown
}

export interface RoleShown extends RoleRow {
  /** The project's own doors stand on it. */
  readonly reserved: boolean
}

interface Changed {
  readonly sql: readonly string[]
  readonly role: RoleShown | null
}

const ours = new Set(['postgres', 'anon', 'authenticated', 'service_role', 'authenticator', 'dashboard_user'])

/** All roles but those that Postgres predefines. */
export async function listRoles(session: PlatformSession): Promise<readonly RoleShown[]> {
  const rows = await session.rows<RoleRow>(roleRows)
  return rows.map((row) => ({ ...row, reserved: isReserved(row) }))
}

/** Refuses `postgres.*`, such as for a name that is taken. */
export async function makeRole(session: PlatformSession, role: RoleInput): Promise<Changed> {
  const statements = createRole(role)
  await runStatements(session, statements)
  if (role.password !== null) {
    await session.execute(setPassword(role.name, scramVerifier(role.password, randomBytes(16))))
  }
  const shown = (await listRoles(session)).find(({ name }) => name === role.name)
  const password = role.password === null ? [] : [setPassword(role.name, '••••••••')]
  return { sql: [...statements, ...password], role: shown ?? null }
}

/** Refuses `platform.role-reserved`, and `platform.dependants` unless what it owns may pass to the owner. */
export async function removeRole(session: PlatformSession, name: string, reassign: boolean): Promise<Changed> {
  const role = (await listRoles(session)).find((each) => each.name === name)
  if (role === undefined) throw new Refusal('platform.object-unknown', { kind: 'role', id: name })
  if (role.reserved) throw new Refusal('platform.role-reserved', { name })
  const statements = [...(reassign ? disown(name) : []), dropRole(name)]
  await tellDependants(
    `role ${name}`,
    'Repeat with reassign=true: what it owns passes to postgres, and its privileges end.',
    async () => await runStatements(session, statements),
  )
  return { sql: statements, role: null }
}

function isReserved({ name, comment, superuser }: RoleRow): boolean {
  return superuser || ours.has(name) || comment === 'made by tenon' || /^(supabase_|pg_|tenon_)/.test(name)
}
