// Brings the mirror to what Clerk has now, whatever events were missed: reads everything, applies what is newer, and
// removes what is not there any more. Events may come meanwhile; the moment of the source decides between them.

import { applyReading, type MirrorTables } from '../apply-change.ts'
import type { MirroredKind, Written } from '../change.ts'
import { rowOf } from '../rows.ts'
import { markSeen, membershipParties, sourceTime, thisMoment, unseenSince } from '../sql/changes.ts'
import { type ClerkSource, read, readAll } from './read-clerk.ts'

/** How many rows of one kind were read, and how many of them the mirror did not have so. */
export interface BackfillCount {
  readonly read: number
  readonly written: number
  readonly removed: number
}

export interface BackfillResult {
  readonly users: BackfillCount
  readonly organizations: BackfillCount
  readonly memberships: BackfillCount
}

const paths: Readonly<Record<MirroredKind, string>> = {
  user: '/users',
  organization: '/organizations',
  membership: '/organization_memberships',
}

/** Refuses `mirror.clerk-unavailable`; what was applied until then stays, and the next backfill goes on. */
export async function backfill(source: ClerkSource, tables: MirrorTables): Promise<BackfillResult> {
  return {
    users: await backfillKind('user', source, tables),
    organizations: await backfillKind('organization', source, tables),
    memberships: await backfillKind('membership', source, tables),
  }
}

async function backfillKind(of: MirroredKind, source: ClerkSource, tables: MirrorTables): Promise<BackfillCount> {
  const { rows } = await tables.pool.query<{ moment: string }>(thisMoment)
  const begun = rows[0]?.moment ?? ''
  const seen: string[] = []
  let written = 0
  for await (const resource of readAll(source, paths[of])) {
    const change = readingOf(of, resource)
    if (change === null) continue
    seen.push(change.id)
    if ((await applyReading(tables, change)) === 'applied') written += 1
  }
  await tables.pool.query(markSeen, [of, seen])
  return { read: seen.length, written, removed: await removeMissing(of, begun, source, tables) }
}

/** A resource as it was read: true since its last change. */
function readingOf(of: MirroredKind, resource: Readonly<Record<string, unknown>>): Written | null {
  const { id, updated_at: updated } = resource
  const row = rowOf[of](resource)
  if (row === null || typeof id !== 'string' || typeof updated !== 'number') return null
  return { kind: 'written', of, id, source: { time: updated, rank: 1, event: '' }, row }
}

/** A list that changes while it is read may leave somebody out, so each one is asked for before she is removed. */
async function removeMissing(
  of: MirroredKind,
  begun: string,
  source: ClerkSource,
  tables: MirrorTables,
): Promise<number> {
  const { rows } = await tables.pool.query<{ id: string }>(unseenSince, [of, begun])
  let removed = 0
  for (const { id } of rows) {
    if (await isThere(of, id, source, tables)) continue
    const known = await tables.pool.query<{ time: string }>(sourceTime, [of, id])
    const time = Number(known.rows[0]?.time ?? 0)
    await applyReading(tables, { kind: 'removed', of, id, source: { time, rank: 1, event: 'backfill' } })
    removed += 1
  }
  return removed
}

async function isThere(of: MirroredKind, id: string, source: ClerkSource, tables: MirrorTables): Promise<boolean> {
  if (of !== 'membership') return (await read(source, `${paths[of]}/${encodeURIComponent(id)}`)) !== null
  const { rows } = await tables.pool.query<{ organization_id: string; user_id: string }>(
    membershipParties(tables.schema),
    [id],
  )
  const [parties] = rows
  if (parties === undefined) return false
  const path = `/organizations/${encodeURIComponent(parties.organization_id)}/memberships`
  const list = await read(source, `${path}?limit=100&user_id=${encodeURIComponent(parties.user_id)}`)
  const { data = [] } = (list ?? {}) as { data?: readonly { readonly id?: unknown }[] }
  return data.some((membership) => membership.id === id)
}
