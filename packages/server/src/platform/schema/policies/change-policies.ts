// The changes to policies and row security. Each is one transaction and answers with what now exists and with its SQL.

import { Refusal } from '../../../refusal/refusal.ts'
import type { Sql } from '../../../database/sql.ts'
import type { PlatformDatabase } from '../../database/platform-database.ts'
import { runStatements } from '../../database/run-statements.ts'
import { type PolicyChange, requireFittingClauses } from './policy-input.ts'
import type { Policy, PolicyDefinition, ProtectedTable, TableName } from './policy.ts'
import { readTable, requirePolicy } from './read-policies.ts'
import { changePolicySql, createPolicySql, dropPolicySql, rowSecuritySql } from './sql/policy-ddl.ts'

/** What a change answers; without the thing itself where it was only previewed, or is gone. */
interface Changed {
  readonly sql: string
}

interface ChangedPolicy extends Changed {
  readonly policy?: Policy
}

/** Refuses `platform.policy-clauses`, `platform.expression-invalid`, `postgres.*`. */
export async function createPolicy(
  database: PlatformDatabase,
  policy: PolicyDefinition & TableName & { readonly preview: boolean },
): Promise<ChangedPolicy> {
  requireFittingClauses(policy)
  const statements = createPolicySql(policy, policy)
  if (policy.preview) return { sql: textOf(statements) }
  return await database.transaction(null, async (session) => {
    await runStatements(session, statements)
    return { policy: await requirePolicy(session, policy, policy.name), sql: textOf(statements) }
  })
}

/** Refuses also `platform.policy-unknown`, and `platform.policy-changed` where it is not as expected. */
export async function changePolicy(
  database: PlatformDatabase,
  at: TableName & { readonly name: string },
  { preview, expected, ...change }: PolicyChange,
): Promise<ChangedPolicy> {
  return await database.transaction(null, async (session) => {
    const before = await requirePolicy(session, at, at.name)
    if (expected !== undefined) requireAsExpected(at, before, expected)
    const after = changed(before, change)
    requireFittingClauses(after)
    const statements = changePolicySql(at, before, after)
    if (preview) return { sql: textOf(statements) }
    await runStatements(session, statements)
    return { policy: await requirePolicy(session, at, after.name), sql: textOf(statements) }
  })
}

/** Refuses also `platform.policy-unknown`. */
export async function dropPolicy(
  database: PlatformDatabase,
  at: TableName & { readonly name: string },
): Promise<Changed> {
  return await database.transaction(null, async (session) => {
    await requirePolicy(session, at, at.name)
    const statements = [dropPolicySql(at, at.name)]
    await runStatements(session, statements)
    return { sql: textOf(statements) }
  })
}

/** Refuses `postgres.error` where there is no such table. */
export async function changeRowSecurity(
  database: PlatformDatabase,
  table: TableName,
  change: { readonly enabled: boolean; readonly forced?: boolean | undefined; readonly preview: boolean },
): Promise<Changed & Partial<Pick<ProtectedTable, 'rowSecurity'>>> {
  const { enabled, forced } = change
  const statements = rowSecuritySql(table, { enabled, forced: forced ?? null })
  if (change.preview) return { sql: textOf(statements) }
  return await database.transaction(null, async (session) => {
    await runStatements(session, statements)
    const now = await readTable(session, table)
    return { ...(now !== null && { rowSecurity: now.rowSecurity }), sql: textOf(statements) }
  })
}

function requireAsExpected(
  at: TableName & { readonly name: string },
  { behaviour, command, roles, using, check }: PolicyDefinition,
  expected: NonNullable<PolicyChange['expected']>,
): void {
  const said = [expected.behaviour, expected.command, expected.roles.toSorted(), expected.using, expected.check]
  if (JSON.stringify(said) === JSON.stringify([behaviour, command, roles.toSorted(), using, check])) return
  const fix = 'Read the policy again, and make your change to what it is now.'
  throw new Refusal('platform.policy-changed', at, { fix })
}

function changed(before: PolicyDefinition, change: Omit<PolicyChange, 'preview' | 'expected'>): PolicyDefinition {
  const { name, behaviour, command, roles, using, check, comment } = before
  const sent = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
  return { name, behaviour, command, roles, using, check, comment, ...sent }
}

function textOf(statements: readonly Sql[]): string {
  return statements.map((statement) => `${statement};`).join('\n')
}
