// What is still being uploaded, as the caller sees it.

import { sql } from '../../../database/sql.ts'
import type { Statement } from '../../../database/statement.ts'
import { isoTime } from '../../rows/sql/column-values.ts'
import { afterAllBeneath } from '../listing/page.ts'

export interface UploadsPage {
  readonly prefix: string
  /** Empty for no folders. */
  readonly delimiter: string
  /** Names from here on; empty for the beginning. */
  readonly from: string
  /** Uploads of one name follow each other by their ids: go on behind this one. Null for none. */
  readonly behind: { readonly key: string; readonly id: string } | null
  readonly limit: number
}

/** In the order of names, then of ids. A row has a `folder` where it stands for all names that begin so. */
export function listUploads(bucket: string, { prefix, delimiter, from, behind, limit }: UploadsPage): Statement {
  const end = afterAllBeneath(prefix)
  const start = from > prefix ? from : prefix
  const values = [bucket, prefix, delimiter, start, end, behind?.key ?? null, behind?.id ?? null, `${limit}`]
  return { kind: 'statement', text: page, values }
}

export function listParts(uploadId: string, after: number, limit: number): Statement {
  return { kind: 'statement', text: parts, values: [uploadId, `${after}`, `${limit}`] }
}

/** A row where the policies show the upload. */
export function showUpload(uploadId: string): Statement {
  return { kind: 'statement', text: shown, values: [uploadId] }
}

const shown = sql`select from storage.s3_multipart_uploads where id = $1`

const page = sql`
  with named as (
    select id, key, created_at, case
      when $3 <> '' and strpos(substr(key, length($2) + 1), $3) > 0
      then left(key, length($2) + strpos(substr(key, length($2) + 1), $3) - 1) || $3
    end as folder
    from storage.s3_multipart_uploads
    where bucket_id = $1 and key >= $4 and ($5::text is null or key < $5)
      and ($6::text is null or key > $6 or (key = $6 and id > $7))
  )
  select distinct on (coalesce(folder, key) collate "C", case when folder is null then id end)
    id, key, folder, ${isoTime(sql`created_at`)} as created_at
  from named
  order by coalesce(folder, key) collate "C", case when folder is null then id end
  limit $8::bigint`

const parts = sql`
  select part_number, etag, size, ${isoTime(sql`created_at`)} as created_at
  from storage.s3_multipart_uploads_parts
  where upload_id = $1 and part_number > $2::integer
  order by part_number limit $3::bigint`
