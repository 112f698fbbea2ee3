// What a Postgres that we were given does not let us do and no SQL of the bootstrap would stumble over, as features
// lost and the SQL that would bring them back.

import type { ClientBase } from 'pg'

import type { Degradation } from '../../bootstrap/bootstrap.ts'
import { identifier } from '../../sql.ts'

/** What the given user may do, and how the server is set up. */
export interface Standing {
  readonly user: string
  readonly version: number
  readonly superuser: boolean
  readonly replication: boolean
  readonly walLevel: string
}

export async function readStanding(client: ClientBase): Promise<Standing> {
  const { rows } = await client.query<Standing>(`
    select rolname as "user", current_setting('server_version_num')::int as version, rolsuper as superuser,
      rolreplication as replication,
      current_setting('wal_level') as "walLevel"
    from pg_roles where rolname = current_user`)
  const [standing] = rows
  if (standing === undefined) throw new Error('The current user is not among the roles.')
  return standing
}

/** What the bootstrap cannot find out by trying, in order of weight. */
export function missingPrivileges(standing: Standing): readonly Degradation[] {
  return [...missingReplication(standing), ...missingDecoding(standing)]
}

function missingReplication({ user, superuser, replication }: Standing): readonly Degradation[] {
  if (superuser || replication) return []
  return [
    {
      feature: "roles that replicate (Realtime's capture of changes)",
      missing: 'REPLICATION',
      grant: `alter role ${identifier(user)} replication;`,
      reason: `role ${user} may not open a replication connection`,
    },
  ]
}

function missingDecoding(standing: Standing): readonly Degradation[] {
  if (standing.walLevel === 'logical') return []
  return [
    {
      feature: "Realtime's Postgres Changes (logical decoding)",
      missing: 'wal_level = logical',
      grant: "alter system set wal_level = 'logical'; -- and restart Postgres",
      reason: `wal_level is ${standing.walLevel}`,
    },
  ]
}
