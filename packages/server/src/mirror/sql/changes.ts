// The statements that bring the mirror up to date.

import { identifier, join, type Sql, sql } from '../../database/sql.ts'
import type { MirroredKind } from '../change.ts'
import { columnsOf } from '../rows.ts'
import { mirrorTable } from './tables.ts'

/** One change at a time, whichever process applies it: a membership looks at its user and its organization. */
export const takeTurn = sql`select pg_advisory_xact_lock(hashtext('tenon.clerk-mirror'))`

/** $1 the event's id; a row comes back only the first time. */
export const noteEvent = sql`insert into clerk_mirror.events (id) values ($1) on conflict do nothing returning id`

/** Events that cannot come again. */
export const forgetEvents = sql`delete from clerk_mirror.events where applied_at < now() - interval '60 days'`

/** $1 kind, $2 id, $3 time, $4 rank, $5 event, $6 deleted; a row comes back where this is newer than what is known. What is gone stays gone. */
export const noteSource = sql`
insert into clerk_mirror.sources as known (kind, id, source_time, source_rank, source_event, deleted)
values ($1, $2, $3, $4, $5, $6)
on conflict (kind, id) do update set
  source_time = excluded.source_time, source_rank = excluded.source_rank, source_event = excluded.source_event,
  deleted = excluded.deleted, seen_at = now()
where not known.deleted and (excluded.deleted or (known.source_time, known.source_rank, known.source_event)
  < (excluded.source_time, excluded.source_rank, excluded.source_event))
returning id`

/** $1 kind, $2 id: a row comes back where it is known to be gone. */
export const isGone = sql`select 1 from clerk_mirror.sources where kind = $1 and id = $2 and deleted`

/** $1 the row as JSON. Columns that the user added keep their values. */
export function writeRow(schema: string, kind: MirroredKind): Sql {
  const changed = columnsOf[kind].filter((column) => column !== 'id').map(identifier)
  const set = join(
    changed.map((column) => sql`${column} = excluded.${column}`),
    sql`, `,
  )
  return sql`${insertion(schema, kind)} on conflict (id) do update set ${set} returning id`
}

/** $1 the row as JSON. A row comes back where there was none. */
export function restoreRow(schema: string, kind: MirroredKind): Sql {
  return sql`${insertion(schema, kind)} on conflict (id) do nothing returning id`
}

function insertion(schema: string, kind: MirroredKind): Sql {
  const table = mirrorTable(schema, kind)
  const columns = join(columnsOf[kind].map(identifier), sql`, `)
  return sql`insert into ${table} (${columns}) select ${columns} from jsonb_populate_record(null::${table}, $1::jsonb)`
}

/** $1 an id: the resource, and the memberships that cannot be without it. */
export function removeRows(schema: string, kind: MirroredKind): readonly Sql[] {
  const own = sql`delete from ${mirrorTable(schema, kind)} where id = $1`
  if (kind === 'membership') return [own]
  const column = kind === 'user' ? sql`user_id` : sql`organization_id`
  return [sql`delete from ${mirrorTable(schema, 'membership')} where ${column} = $1`, own]
}

/** The moment by the database's clock, as text. */
export const thisMoment = sql`select clock_timestamp()::text as moment`

/** $1 kind, $2 a moment: ids of what is there and nobody spoke of since. */
export const unseenSince = sql`
select id from clerk_mirror.sources where kind = $1 and not deleted and seen_at < $2::timestamptz order by id`

/** $1 kind, $2 ids: they were seen now. */
export const markSeen = sql`
update clerk_mirror.sources set seen_at = clock_timestamp() where kind = $1 and id = any($2)`

/** $1 kind, $2 id: the time of what is known. */
export const sourceTime = sql`select source_time::text as time from clerk_mirror.sources where kind = $1 and id = $2`

/** $1 id of a membership: whose and of what. */
export function membershipParties(schema: string): Sql {
  return sql`select organization_id, user_id from ${mirrorTable(schema, 'membership')} where id = $1`
}
