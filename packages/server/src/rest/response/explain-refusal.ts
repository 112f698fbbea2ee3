// What to change so that Postgres would not refuse: the missing GRANT, or the policies that a row did not satisfy.
// Shown in development only. Postgres' sentences are read in English; in any other language nothing is explained.

import { findRoutines } from '../../catalog/catalog.ts'
import { isReservedRole } from '../../identity/verify/reserved-roles.ts'
import { Refusal, type AnyRefusal, type RefusalDetails } from '../../refusal/refusal.ts'
import { explainRowSecurity } from './explain-row-security.ts'
import { relationNamed, type RefusedWork } from './refused-work.ts'
import { createRole, grantOnRelation, grantOnRoutine, grantOnSchema, grantOnSequence, grantRole } from './sql/grants.ts'

/** The login role of a project; another one may stand in where the database is the owner's. */
const loginRole = 'authenticator'

type PostgresError = RefusalDetails['postgres.error']

/** The same refusal with a fix, where one is known. */
export function explainRefusal(refusal: AnyRefusal, work: RefusedWork): AnyRefusal {
  if (refusal.code !== 'postgres.error' || refusal.fix !== undefined) return refusal
  const fix = fixFor(refusal.detail, work)
  if (fix === null) return refusal
  return new Refusal('postgres.error', refusal.detail, { fix, cause: refusal.cause })
}

function fixFor(error: PostgresError, work: RefusedWork): string | null {
  if (error.role === null) return null
  if (error.sqlstate === '22023' && /^role ".*" does not exist$/s.test(error.message)) {
    if (isReservedRole(error.role)) return notForTokens(error.role)
    return `Create the role and let the server take it: ${createRole(error.role)} ${grantRole(error.role, loginRole)}`
  }
  if (error.sqlstate !== '42501') return null
  if (error.message.startsWith('permission denied to set role ')) {
    if (isReservedRole(error.role)) return notForTokens(error.role)
    const grant = grantRole(error.role, loginRole)
    return `Let the server take the role, provided that it has no login, superuser or bypassrls: ${grant}`
  }
  return explainRowSecurity(error.message, error.role, work) ?? missingGrant(error.message, error.role, work)
}

function notForTokens(role: string): string {
  return `"${role}" is a role of the platform and not for tokens; do not grant it. Name another in the role claim.`
}

const denied = /^permission denied for (table|view|materialized view|foreign table|sequence|function|schema) (.+)$/s

function missingGrant(message: string, role: string, work: RefusedWork): string | null {
  const [, kind, name] = denied.exec(message) ?? []
  if (kind === undefined || name === undefined) return null
  switch (kind) {
    case 'schema':
      return `Run: ${grantOnSchema(name, role)}`
    case 'function': {
      const known = findRoutines(work.catalog, { schema: work.schema, name }).length > 0
      return known ? `Run: ${grantOnRoutine({ schema: work.schema, name }, role)}` : null
    }
    case 'sequence':
      return `Run: ${grantOnSequence({ schema: schemaOfSequence(name, work), name }, role)}`
    default: {
      const relation = relationNamed(name, work)
      if (relation === null) return null
      const isOwn = work.relation?.schema === relation.schema && work.relation.name === name
      return `Run: ${grantOnRelation(isOwn ? work.privileges : ['select'], relation, role)}`
    }
  }
}

/** Sequences stand in the defaults of the columns they feed: `nextval('api.tasks_id_seq'…`. */
function schemaOfSequence(name: string, { catalog, schema, relation }: RefusedWork): string {
  const target = relation === null ? undefined : catalog.relations.get(relation.schema)?.get(relation.name)
  for (const { defaultExpression } of target?.columns.values() ?? []) {
    const [, holder, sequence] = /^nextval\('"?([^"']+?)"?\."?([^"']+?)"?'/.exec(defaultExpression ?? '') ?? []
    if (holder !== undefined && sequence === name) return holder
  }
  return relation?.schema ?? schema
}
