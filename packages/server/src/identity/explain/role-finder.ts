// Looks a role up in the database for an explanation.

import type { RunSql } from '../active-users/active-user-counter.ts'
import type { RoleFinder } from './database-role.ts'
import { findRoleStatement } from './sql/find-role.ts'

/** Finds roles by `run`, judged for whoever logs in as `loginRole`. */
export function roleFinder(loginRole: string, run: RunSql): RoleFinder {
  return {
    loginRole,
    async find(role) {
      const [found] = await run(findRoleStatement, [role, loginRole])
      if (found === undefined) return { kind: 'missing' }
      return { kind: 'role', settable: found['settable'] === 'true', privileged: found['privileged'] === 'true' }
    },
  }
}
