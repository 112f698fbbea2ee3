// Remarks on a table's row security that its catalogue entry alone can give: what hides every row, what hides none, and
// what goes wrong with the tokens of Clerk. Pure.

import type { Policy, ProtectedTable } from '../policy.ts'
import type { Finding } from './finding.ts'
import { findInDeletes } from './find-in-deletes.ts'
import { findInExpressions } from './find-in-expressions.ts'

/** The table with what is to be said of it, the most important first. */
export function withFindings(table: ProtectedTable): ProtectedTable & { readonly findings: readonly Finding[] } {
  const findings = [
    ...findInTable(table),
    ...findInDeletes(table),
    ...table.policies.flatMap((policy) => findInPolicy(table, policy)),
  ]
  return { ...table, findings: findings.toSorted((one, other) => weight[one.level] - weight[other.level]) }
}

const weight: Readonly<Record<Finding['level'], number>> = { error: 0, warning: 1, info: 2 }

function findInTable({ rowSecurity, policies }: ProtectedTable): Finding[] {
  if (!rowSecurity.enabled && policies.length > 0) {
    return [
      {
        name: 'policy_exists_rls_disabled',
        level: 'error',
        policy: null,
        message: 'The table has policies, but row level security is disabled, so that none of them is asked.',
        fix: 'Enable RLS.',
      },
    ]
  }
  if (!rowSecurity.enabled) {
    return [
      {
        name: 'rls_disabled_in_public',
        level: 'warning',
        policy: null,
        message: 'Row level security is disabled: whoever the API lets at this table sees and changes every row.',
        fix: 'Enable RLS, and create policies for those who should.',
      },
    ]
  }
  if (policies.length === 0) {
    return [
      {
        name: 'rls_enabled_no_policy',
        level: 'info',
        policy: null,
        message: 'Row level security is enabled and there is no policy: only roles that bypass it see rows.',
        fix: 'Create a policy for those who should.',
      },
    ]
  }
  return [...withoutPermissive(policies), ...insertWithoutSelect(policies)]
}

/** Restrictive policies only take away; with no permissive one beside them there is nothing to take from. */
function withoutPermissive(policies: readonly Policy[]): Finding[] {
  return policies
    .filter(({ behaviour }) => behaviour === 'restrictive')
    .filter((policy) => !policies.some((other) => other.behaviour === 'permissive' && meet(policy, other)))
    .map(({ name, command }) => ({
      name: 'restrictive_without_permissive',
      level: 'warning',
      policy: name,
      message: `No permissive policy for ${command} stands beside this restrictive one, so that it lets nobody through.`,
      fix: `Create a permissive policy for ${command}; the restrictive one narrows what that allows.`,
    }))
}

/** PostgREST returns what was inserted, which takes SELECT. */
function insertWithoutSelect(policies: readonly Policy[]): Finding[] {
  const permissive = policies.filter(({ behaviour }) => behaviour === 'permissive')
  const inserting = permissive.find(({ command }) => command === 'INSERT')
  if (inserting === undefined || permissive.some(({ command }) => command === 'SELECT' || command === 'ALL')) return []
  return [
    {
      name: 'insert_policy_without_select',
      level: 'warning',
      policy: inserting.name,
      message: 'Rows may be inserted and by nobody be read, so that .insert().select() is refused.',
      fix: 'Create a policy for SELECT too.',
    },
  ]
}

function meet(one: Policy, other: Policy): boolean {
  const commands = one.command === 'ALL' || other.command === 'ALL' || one.command === other.command
  const everyone = one.roles.includes('public') || other.roles.includes('public')
  return commands && (everyone || one.roles.some((role) => other.roles.includes(role)))
}

function findInPolicy(table: ProtectedTable, policy: Policy): Finding[] {
  return [...findInExpressions(policy), ...alwaysTrue(policy), ...unindexed(table, policy), ...volatile(policy)]
}

const outsiders = new Set(['public', 'anon', 'authenticated'])

/** Reading may be for everybody; writing seldom is. */
function alwaysTrue({ name, behaviour, command, roles, using, check }: Policy): Finding[] {
  if (behaviour === 'restrictive' || command === 'SELECT') return []
  if (![using, check].includes('true') || !roles.some((role) => outsiders.has(role))) return []
  return [
    {
      name: 'rls_policy_always_true',
      level: 'warning',
      policy: name,
      message: `Its expression is true: ${roles.join(', ')} may write every row.`,
      fix: 'Say which rows, such as those whose user_id is the caller’s.',
    },
  ]
}

/** A policy that compares a column reads the whole table for want of an index. */
function unindexed({ columns }: ProtectedTable, { name, using, columns: read }: Policy): Finding[] {
  if (using === null || read.length === 0) return []
  const used = columns.filter((column) => read.includes(column.name))
  if (used.some(({ indexed }) => indexed)) return []
  const [first] = used
  if (first === undefined) return []
  return [
    {
      name: 'unindexed_policy_column',
      level: 'info',
      policy: name,
      message: `No index begins with ${used.map((column) => column.name).join(' or ')}: every query reads the whole table.`,
      fix: `Create an index on ${first.name}.`,
    },
  ]
}

function volatile({ name, volatileFunctions }: Policy): Finding[] {
  return volatileFunctions.map((called) => ({
    name: 'volatile_helper_in_policy',
    level: 'warning',
    policy: name,
    message: `The function ${called} is VOLATILE, so that it is called for every row and no index is used.`,
    fix: `Mark it STABLE, or write (select ${called}()).`,
  }))
}
