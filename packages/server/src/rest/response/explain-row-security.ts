// Which policies a new row had to satisfy: at least one permissive policy of its command and role, and every
// restrictive one (PostgreSQL, CREATE POLICY).

import { findRelation, type Policy, type Relation } from '../../catalog/catalog.ts'
import { relationNamed, type RefusedWork } from './refused-work.ts'

const violated = /^new row violates row-level security policy (?:"(.+)" )?(?:\(USING expression\) )?for table "(.+)"$/s

/** Names the policies that apply to the role and command; null for other messages and unknown tables. */
export function explainRowSecurity(message: string, role: string, work: RefusedWork): string | null {
  const [, restrictive, table] = violated.exec(message) ?? []
  const name = table === undefined ? null : relationNamed(table, work)
  const relation = name === null ? undefined : findRelation(work.catalog, name)
  if (relation === undefined) return null
  const [command = 'insert'] = work.privileges
  const policies = relation.policies.filter((policy) => applies(policy, command, role))
  const asked = `${command} into "${relation.name}"`.replace('update into', 'update')
  return [
    restrictive === undefined
      ? permissiveSentence(policies, asked, role, relation)
      : `The row fails the restrictive policy "${restrictive}".`,
    restrictiveSentence(policies),
    visibilitySentence(work),
  ]
    .filter((sentence) => sentence !== '')
    .join(' ')
}

function applies(policy: Policy, command: string, role: string): boolean {
  const ofCommand = policy.command === 'all' || policy.command === command
  return ofCommand && (policy.roles.length === 0 || policy.roles.includes(role))
}

function permissiveSentence(policies: readonly Policy[], asked: string, role: string, relation: Relation): string {
  const permissive = policies.filter((policy) => policy.permissive)
  if (permissive.length > 0) {
    return `The row must satisfy one of the policies that let "${role}" ${asked}: ${permissive.map(describe).join('; ')}.`
  }
  const others = relation.policies.filter((policy) => policy.permissive).map((policy) => `"${policy.name}"`)
  const present = others.length === 0 ? 'the table has no permissive policy' : `others are ${others.join(', ')}`
  return `No policy lets "${role}" ${asked} (${present}): create one with a WITH CHECK expression.`
}

function restrictiveSentence(policies: readonly Policy[]): string {
  const restrictive = policies.filter((policy) => !policy.permissive)
  return restrictive.length === 0 ? '' : `It must satisfy all of: ${restrictive.map(describe).join('; ')}.`
}

/** A row that is returned, or that a conflict may meet, has to be visible as well. */
function visibilitySentence({ privileges }: RefusedWork): string {
  return privileges.includes('select') && privileges[0] === 'insert'
    ? 'A policy for SELECT must show the row too, as it is returned or compared.'
    : ''
}

function describe(policy: Policy): string {
  return `"${policy.name}" with check (${policy.check ?? policy.using ?? 'true'})`
}
