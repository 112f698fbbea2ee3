// The last check of an explanation: would Postgres let the server become the token's role? Verifying leaves this
// to Postgres, which asks it at every request anyway.

import { isReservedRole } from '../verify/reserved-roles.ts'
import type { ExplainedCheck, Problem } from './explanation.ts'

/** What Postgres knows of a role. */
export type DatabaseRole =
  | { readonly kind: 'missing' }
  | {
      readonly kind: 'role'
      /** The server's login role may become it. */
      readonly settable: boolean
      /** It logs in, bypasses policies or administrates. */
      readonly privileged: boolean
    }

/** Asks the database; rejects where it does not answer. */
export interface RoleFinder {
  /** Whom requests log in as. */
  readonly loginRole: string
  find(role: string): Promise<DatabaseRole>
}

export interface RoleVerdict {
  readonly check: ExplainedCheck
  readonly problem: Problem | null
}

const check = 'database-role'

/** For credentials that were refused before. */
export const roleNotAsked: RoleVerdict = {
  check: { check, outcome: 'skipped', saw: null, expected: null },
  problem: null,
}

/** Judges the role as Postgres would at SET ROLE: SQLSTATE 22023 for a missing one, 42501 for one that was not granted. */
export async function judgeRole(role: string, finder: RoleFinder): Promise<RoleVerdict> {
  const { loginRole } = finder
  const found = await finder.find(role)
  const expected = `a role that ${loginRole} may become`
  const problem = problemOf(role, found, loginRole)
  const saw = `${role}, ${found.kind === 'missing' ? 'which does not exist' : found.settable ? 'granted' : 'not granted'}`
  return { check: { check, outcome: problem === null ? 'passed' : 'failed', saw, expected }, problem }
}

function problemOf(role: string, found: DatabaseRole, loginRole: string): Problem | null {
  const grant = `grant ${quoted(role)} to ${quoted(loginRole)};`
  if (found.kind === 'missing') {
    return {
      code: 'postgres.22023',
      message: `The database has no role ${quoted(role)}.`,
      fix: isReservedRole(role) ? notForTokens(role) : `Run: create role ${quoted(role)} nologin; ${grant}`,
    }
  }
  if (found.settable) return null
  return {
    code: 'postgres.42501',
    message: `${quoted(loginRole)}, whom requests log in as, may not become ${quoted(role)}.`,
    fix: found.privileged && role !== 'service_role' ? notForTokens(role) : `Run: ${grant}`,
  }
}

function notForTokens(role: string): string {
  return `${quoted(role)} logs in, bypasses policies or administrates, so it is not for tokens; do not grant it. Name another role in the role claim.`
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
