// The statements that make, change and remove policies. Names are quoted, expressions stay in their brackets.

import { identifier, join, literal, qualified, type Sql, sql } from '../../../../database/sql.ts'
import { bracketed } from '../../../database/sql/expression.ts'
import type { PolicyBehaviour, PolicyCommand, PolicyDefinition, TableName } from '../policy.ts'

const behaviours: Readonly<Record<PolicyBehaviour, Sql>> = {
  permissive: sql`permissive`,
  restrictive: sql`restrictive`,
}

const commands: Readonly<Record<PolicyCommand, Sql>> = {
  SELECT: sql`select`,
  INSERT: sql`insert`,
  UPDATE: sql`update`,
  DELETE: sql`delete`,
  ALL: sql`all`,
}

/** CREATE POLICY, and its comment. Refuses `platform.expression-invalid`. */
export function createPolicySql(table: TableName, policy: PolicyDefinition): Sql[] {
  const create = sql`create policy ${identifier(policy.name)} on ${tableSql(table)}
  as ${behaviours[policy.behaviour]} for ${commands[policy.command]} to ${rolesSql(policy.roles)}${clauses(policy)}`
  return policy.comment === null ? [create] : [create, commentSql(table, policy)]
}

/** DROP POLICY. */
export function dropPolicySql(table: TableName, name: string): Sql {
  return sql`drop policy ${identifier(name)} on ${tableSql(table)}`
}

/**
 * From one policy to another of the same table: by ALTER where Postgres can, else by making it anew, since its command,
 * its behaviour and the presence of an expression are fixed. Refuses `platform.expression-invalid`.
 */
export function changePolicySql(table: TableName, before: PolicyDefinition, after: PolicyDefinition): Sql[] {
  if (mustBeAnew(before, after)) return [dropPolicySql(table, before.name), ...createPolicySql(table, after)]
  const statements: Sql[] = []
  const changed = {
    using: after.using === before.using ? null : after.using,
    check: after.check === before.check ? null : after.check,
  }
  const roles = sameRoles(before, after) ? null : after.roles
  if (roles !== null || changed.using !== null || changed.check !== null) {
    const to = roles === null ? sql`` : sql` to ${rolesSql(roles)}`
    statements.push(sql`alter policy ${identifier(before.name)} on ${tableSql(table)}${to}${clauses(changed)}`)
  }
  if (before.name !== after.name) {
    statements.push(
      sql`alter policy ${identifier(before.name)} on ${tableSql(table)} rename to ${identifier(after.name)}`,
    )
  }
  return before.comment === after.comment ? statements : [...statements, commentSql(table, after)]
}

/** ENABLE or DISABLE ROW LEVEL SECURITY, and FORCE, which holds the table's owner to it too. */
export function rowSecuritySql(
  table: TableName,
  { enabled, forced }: { readonly enabled: boolean; readonly forced: boolean | null },
): Sql[] {
  const altered = sql`alter table ${tableSql(table)}`
  const switched = enabled ? sql`${altered} enable row level security` : sql`${altered} disable row level security`
  if (forced === null) return [switched]
  return [switched, forced ? sql`${altered} force row level security` : sql`${altered} no force row level security`]
}

/** Tells the whole of a deleted row. */
export function fullIdentitySql(table: TableName): Sql {
  return sql`alter table ${tableSql(table)} replica identity full`
}

/** The table's quoted name. */
export function tableSql({ schema, table }: TableName): Sql {
  return qualified({ schema, name: table })
}

function mustBeAnew(before: PolicyDefinition, after: PolicyDefinition): boolean {
  if (before.command !== after.command || before.behaviour !== after.behaviour) return true
  return (before.using !== null && after.using === null) || (before.check !== null && after.check === null)
}

function sameRoles(before: PolicyDefinition, after: PolicyDefinition): boolean {
  return before.roles.toSorted().join('\0') === after.roles.toSorted().join('\0')
}

function clauses({ using, check }: Pick<PolicyDefinition, 'using' | 'check'>): Sql {
  const seen = using === null ? sql`` : sql`\n  using ${bracketed('USING', using)}`
  return check === null ? seen : sql`${seen}\n  with check ${bracketed('WITH CHECK', check)}`
}

function rolesSql(roles: readonly string[]): Sql {
  if (roles.includes('public')) return sql`public`
  return join(roles.map(identifier), sql`, `)
}

function commentSql(table: TableName, { name, comment }: Pick<PolicyDefinition, 'name' | 'comment'>): Sql {
  const text = comment === null ? sql`null` : literal(comment)
  return sql`comment on policy ${identifier(name)} on ${tableSql(table)} is ${text}`
}
