// What a Postgres that we were given does not let us do, as features lost and the SQL that would bring them back.

import type { ClientBase } from 'pg'

import type { Degradation } from '../../bootstrap/bootstrap.ts'
import { identifier } from '../../sql.ts'

/** What the given user may do, and how the server is set up. */
export interface Standing {
  readonly user: string
  readonly version: number
  readonly superuser: boolean
  readonly createrole: boolean
  readonly bypassrls: boolean
  readonly replication: boolean
  readonly walLevel: string
}

export async function readStanding(client: ClientBase): Promise<Standing> {
  const { rows } = await client.query<Standing>(`
    select rolname as "user", current_setting('server_version_num')::int as version, rolsuper as superuser,
      rolcreaterole as createrole, rolbypassrls as bypassrls, rolreplication as replication,
      current_setting('wal_level') as "walLevel"
    from pg_roles where rolname = current_user`)
  const [standing] = rows
  if (standing === undefined) throw new Error('The current user is not among the roles.')
  return standing
}

/** In order of weight. A superuser lacks nothing but, perhaps, logical decoding. */
export function missingPrivileges(standing: Standing): readonly Degradation[] {
  const user = identifier(standing.user)
  const lacks: Degradation[] = [
    {
      feature: 'making the roles anon, authenticated, service_role and authenticator',
      missing: 'CREATEROLE',
      grant: `alter role ${user} createrole;`,
      reason: `role ${standing.user} may not create roles`,
    },
    {
      feature: 'service_role passing Row Level Security by',
      missing: 'BYPASSRLS',
      grant: `alter role ${user} bypassrls; alter role service_role bypassrls;`,
      reason: `role ${standing.user} obeys Row Level Security itself, so that it cannot let others pass`,
    },
    {
      feature: "Realtime's Postgres Changes (logical replication)",
      missing: 'REPLICATION',
      grant: `alter role ${user} replication;`,
      reason: `role ${standing.user} may not open a replication connection`,
    },
    {
      feature: 'noticing changes of the schema at once (event triggers)',
      missing: 'superuser',
      grant: `alter role ${user} superuser; -- or, after each migration: notify pgrst, 'reload schema';`,
      reason: 'only a superuser may create event triggers',
    },
  ]
  const held = [standing.createrole, standing.bypassrls, standing.replication, false]
  const lacking = standing.superuser ? [] : lacks.filter((_, index) => held[index] === false)
  return [...lacking, ...missingDecoding(standing)]
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
