// What the configuration makes of `storage.buckets`, in the owner's name.

import type { Statement } from '../../../../database/statement.ts'
import { sql } from '../../../../database/sql.ts'
import { textsOf } from '../../../rows/sql/column-values.ts'
import type { BucketConfig } from '../../../config.ts'

/** Makes the bucket, which its only row says by `made`, or brings it up to date. One of that name under another id is 23505. */
export function upsertBucket({ name, fileSizeLimit, allowedMimeTypes, quota, ...said }: BucketConfig): Statement {
  const types = allowedMimeTypes === null ? null : JSON.stringify(allowedMimeTypes)
  return {
    kind: 'statement',
    text: upsertion,
    values: [name, `${said.public}`, text(fileSizeLimit), types, text(quota)],
  }
}

/** The `eTag` of each object that has bytes, by name. */
export function etagsIn(bucket: string): Statement {
  return { kind: 'statement', text: etags, values: [bucket] }
}

function text(number: number | null): string | null {
  return number === null ? null : `${number}`
}

const upsertion = sql`
  insert into storage.buckets (id, name, public, file_size_limit, allowed_mime_types, quota)
  values ($1, $1, $2::boolean, $3::bigint, ${textsOf(sql`$4`)}, $5::bigint)
  on conflict (id) do update
  set public = excluded.public, file_size_limit = excluded.file_size_limit,
    allowed_mime_types = excluded.allowed_mime_types, quota = excluded.quota, updated_at = now()
  where (buckets.public, buckets.file_size_limit, buckets.allowed_mime_types, buckets.quota)
    is distinct from (excluded.public, excluded.file_size_limit, excluded.allowed_mime_types, excluded.quota)
  returning xmax = 0 as made`

const etags = sql`
  select name, metadata ->> 'eTag' as etag from storage.objects where bucket_id = $1 and version is not null`
