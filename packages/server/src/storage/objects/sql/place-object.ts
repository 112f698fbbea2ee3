// Asking for a place and taking it: the statements of an upload.

import type { Statement } from '../../../database/statement.ts'
import { sql } from '../../../database/sql.ts'
import type { ObjectMetadata } from '../../rows/object-row.ts'
import { objectColumns } from '../../rows/sql/object-columns.ts'
import { uuidOf } from '../../rows/sql/column-values.ts'
import type { Step } from '../../access/storage-database.ts'
import type { WantedUpload } from '../uploads.ts'
import { selectObject } from './read-object.ts'

/**
 * What the row would be, in the caller's name; meant to be rolled back. Without `upsert` a row of that name is 23505; with it,
 * `replaces` is the id of that row, about which the policies for UPDATE were asked, or null where there is none.
 */
export function probeObject(wanted: WantedUpload, ownerId: string | null): Statement {
  return { kind: 'statement', text: wanted.upsert ? probeUpsert : insertObject, values: probed(wanted, ownerId) }
}

/** Which policies replacing takes: for the row as it would be, then for the row that is there. What none refuses is the update. */
export function stepsOfProbe(wanted: WantedUpload, ownerId: string | null): readonly Step[] {
  if (!wanted.upsert) return []
  const values = probed(wanted, ownerId)
  return [
    { command: 'insert', statement: { kind: 'statement', text: insertObject, values } },
    { command: 'select', statement: { kind: 'statement', text: probeInsertSeen, values } },
    { command: 'select', statement: selectObject(wanted) },
    { command: 'update', statement: { kind: 'statement', text: probeUpsert, values } },
  ]
}

function probed(wanted: WantedUpload, ownerId: string | null): readonly (string | null)[] {
  const metadata = { mimetype: wanted.contentType, contentLength: wanted.size, cacheControl: wanted.cacheControl }
  const user = wanted.userMetadata === null ? null : JSON.stringify(wanted.userMetadata)
  return [wanted.bucket, wanted.name, ownerId, JSON.stringify(metadata), null, user, null]
}

/**
 * Takes the place in the owner's name: the new row, and in `replaced` the version whose place it took, if no other row names
 * it. Without `upsert` a row of that name is 23505; with it, a row of another id than `replaces` stays, and nothing is
 * returned. A bucket that is gone is 23503; one that is full, TS001 of the triggers that count.
 */
export function placeObject(
  wanted: WantedUpload,
  ownerId: string | null,
  version: string,
  metadata: ObjectMetadata,
  { id, replaces }: { readonly id: string | null; readonly replaces: string | null },
): Statement {
  const values = [
    wanted.bucket,
    wanted.name,
    ownerId,
    JSON.stringify(metadata),
    version,
    placedUserMetadata(wanted),
    id,
  ]
  return wanted.upsert
    ? { kind: 'statement', text: upsertObject, values: [...values, replaces] }
    : { kind: 'statement', text: createObject, values }
}

/** As upstream keeps it: nothing that was said of an upload is an empty object, and nothing that was copied is null. */
function placedUserMetadata({ userMetadata, operation }: WantedUpload): string | null {
  return userMetadata === null && COPIES.has(operation) ? null : JSON.stringify(userMetadata ?? {})
}

const COPIES: ReadonlySet<WantedUpload['operation']> = new Set(['storage.object.copy', 'storage.s3.object.copy'])

/**
 * The limits of a bucket, the id of the object of the name as `object`, and what counts against a quota where there is one: in
 * `used` the other objects, in `under_way` the other uploads that began within `expiry` seconds.
 */
export function bucketForUpload(
  { bucket, name, begun }: Pick<WantedUpload, 'bucket' | 'name' | 'begun'>,
  expiry: number,
): Statement {
  return { kind: 'statement', text: selectBucket, values: [bucket, name, begun ?? null, `${expiry}`] }
}

const insertObject = sql`
  insert into storage.objects (bucket_id, name, owner, owner_id, metadata, version, user_metadata, id)
  values ($1, $2, ${uuidOf(sql`$3`)}, $3, $4::jsonb, $5, $6::jsonb, coalesce($7::uuid, gen_random_uuid()))`

// The row that is replaced may be younger than this statement's snapshot: another upload, or a move to this name. Only here,
// where it is locked, its version can be seen, and the setting carries it out (`returning old.version` is Postgres 18). One
// that is placed a second time, since nobody heard of the first, takes nobody's place.
const replaceObject = sql`
  on conflict (bucket_id, name) do update
  set version = case
      when set_config('tenon.replaced_version', coalesce(objects.version, 'none'), true) is not null then excluded.version
    end,
    owner = excluded.owner, owner_id = excluded.owner_id, metadata = excluded.metadata,
    user_metadata = excluded.user_metadata, updated_at = now()`

const replacedVersion = sql`nullif(current_setting('tenon.replaced_version', true), '')`

const returning = sql`
  returning ${objectColumns},
    (
      select nullif(${replacedVersion}, objects.version)
      where not exists (
        select from storage.objects as other
        where other.version = ${replacedVersion} and other.id <> objects.id
      )
    ) as replaced`

// Upstream asks to see a row only where it may be replaced: who may insert need not be able to read.
const probeUpsert = sql`${insertObject} ${replaceObject}
  returning case when ${replacedVersion} is not null then id end as replaces`

const probeInsertSeen = sql`${insertObject} returning id`

const createObject = sql`${insertObject} ${returning}`

const upsertObject = sql`
  ${insertObject} ${replaceObject} where objects.id = $8::uuid or objects.version = excluded.version ${returning}`

const selectBucket = sql`
  select buckets.id, buckets.name, public, file_size_limit, allowed_mime_types, quota,
    objects.id as object,
    case when quota is not null then coalesce(bytes, 0) - storage.object_bytes(objects.version, objects.metadata) end as used,
    case when quota is not null then storage.bytes_under_way(buckets.id, $2, $3, $4::double precision) end as under_way
  from storage.buckets
  left join storage.bucket_usage on bucket_usage.bucket_id = buckets.id
  left join storage.objects on objects.bucket_id = buckets.id and objects.name = $2
  where buckets.id = $1`
