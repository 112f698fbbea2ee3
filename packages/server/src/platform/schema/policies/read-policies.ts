// Which tables there are, and what stands between their rows and those who ask.

import { Refusal } from '../../../refusal/refusal.ts'
import type { PlatformSession } from '../../database/platform-database.ts'
import type { Policy, ProtectedTable, TableName } from './policy.ts'
import { readRolesSql, readTablesSql } from './sql/read-policies-sql.ts'

/** The tables of a schema, or of all; partitions are tables of their own, as Postgres guards them. */
export async function readTables(session: PlatformSession, schema: string | null): Promise<readonly ProtectedTable[]> {
  return await session.rows<ProtectedTable>(readTablesSql, [schema, null])
}

/** The roles a policy can be for. */
export async function readRoles(session: PlatformSession): Promise<readonly string[]> {
  const roles = await session.rows<{ readonly name: string }>(readRolesSql)
  return roles.map(({ name }) => name)
}

/** One table, or null where there is none. */
export async function readTable(
  session: PlatformSession,
  { schema, table }: TableName,
): Promise<ProtectedTable | null> {
  const [found] = await session.rows<ProtectedTable>(readTablesSql, [schema, table])
  return found ?? null
}

/** One policy of a table. Refuses `platform.policy-unknown`. */
export async function requirePolicy(session: PlatformSession, table: TableName, name: string): Promise<Policy> {
  const policy = (await readTable(session, table))?.policies.find((candidate) => candidate.name === name)
  if (policy !== undefined) return policy
  throw new Refusal('platform.policy-unknown', { ...table, name })
}
