// Asking for a place and taking it: the statements of an upload.

import type { Statement } from '../../../database/statement.ts'
import { sql } from '../../../database/sql.ts'
import type { WantedUpload } from '../uploads.ts'

/** What the row would be, in the caller's name; meant to be rolled back. Without `upsert` a row of that name is 23505. */
export function probeObject(wanted: WantedUpload, ownerId: string | null, metadata: object): Statement {
  // Upstream asks to see a row only where it may be replaced: who may insert need not be able to read.
  const text = wanted.upsert ? sql`${insertObject} ${replaceObject} returning id` : insertObject
  return { kind: 'statement', text, values: placeValues(wanted, ownerId, null, metadata) }
}

/** Takes the place in the owner's name: the version that was there, if any, and the new row. */
export function placeObject(
  wanted: WantedUpload,
  ownerId: string | null,
  version: string,
  metadata: object,
): readonly Statement[] {
  const values = placeValues({ ...wanted, userMetadata: wanted.userMetadata ?? {} }, ownerId, version, metadata)
  return [
    { kind: 'statement', text: lockPlace, values: [wanted.bucket, wanted.name] },
    { kind: 'statement', text: wanted.upsert ? upsertObject : createObject, values },
  ]
}

/** The limits of a bucket, and what its objects come to where it has a quota. */
export function bucketForUpload(bucket: string): Statement {
  return { kind: 'statement', text: selectBucket, values: [bucket] }
}

function placeValues(
  { bucket, name, userMetadata }: WantedUpload,
  ownerId: string | null,
  version: string | null,
  metadata: object,
): readonly (string | null)[] {
  const user = userMetadata === null ? null : JSON.stringify(userMetadata)
  return [bucket, name, ownerId, JSON.stringify(metadata), version, user]
}

const insertObject = sql`
  insert into storage.objects (bucket_id, name, owner, owner_id, metadata, version, user_metadata)
  values (
    $1, $2,
    case when $3 ~* '^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$' then $3::uuid end,
    $3, $4::jsonb, $5, $6::jsonb
  )`

const replaceObject = sql`
  on conflict (bucket_id, name) do update
  set owner = excluded.owner, owner_id = excluded.owner_id, metadata = excluded.metadata, version = excluded.version,
    user_metadata = excluded.user_metadata, updated_at = now()`

const returning = sql`
  returning id, bucket_id, name, owner_id, version, metadata, user_metadata, created_at, updated_at, last_accessed_at`

const createObject = sql`${insertObject} ${returning}`

const upsertObject = sql`${insertObject} ${replaceObject} ${returning}`

const lockPlace = sql`select version from storage.objects where bucket_id = $1 and name = $2 for update`

const selectBucket = sql`
  select id, name, public, file_size_limit, allowed_mime_types, quota,
    case when quota is not null then
      (select coalesce(sum((metadata ->> 'size')::bigint), 0) from storage.objects where bucket_id = buckets.id)
    end as used
  from storage.buckets where id = $1`
