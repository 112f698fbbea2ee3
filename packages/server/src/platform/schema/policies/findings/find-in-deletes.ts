// Whether Realtime can ask the policies about a row that was deleted: of what is gone it has the replica identity alone.

import type { ProtectedTable } from '../policy.ts'
import { fullIdentitySql } from '../sql/policy-ddl.ts'
import type { Finding } from './finding.ts'

/** Of a table that Realtime tells the changes of, and whose policies read more than an old row brings. */
export function findInDeletes(table: ProtectedTable): Finding[] {
  const { realtime, rowSecurity, policies, columns } = table
  if (!realtime || !rowSecurity.enabled) return []
  const reading = policies.filter(({ command, using }) => (command === 'SELECT' || command === 'ALL') && using !== null)
  const read = new Set(reading.flatMap((policy) => policy.columns))
  const missing = columns.filter(({ name, inOldRow }) => read.has(name) && !inOldRow).map(({ name }) => name)
  if (missing.length === 0) return []
  return [
    {
      name: 'realtime_deletes_not_judged',
      level: 'warning',
      policy: null,
      message: `Realtime is told of a deleted row without ${missing.join(', ')}, which policies read: it cannot know who saw the row, and tells every subscriber its key (nobody, with [realtime] deletes = "strict").`,
      fix: `Tell the whole row: ${fullIdentitySql(table)};`,
    },
  ]
}
