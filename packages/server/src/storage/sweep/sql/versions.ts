// Which bytes the rows know of.

import { sql } from '../../../database/sql.ts'
import type { Statement } from '../../../database/statement.ts'
import type { BlobId } from '../../blobs/blobs.ts'

/**
 * Rather an error than rows that policies hide from whoever asks: what is not seen here is removed. Goes before statements
 * whose silence matters.
 */
export const seesEverything: Statement = {
  kind: 'statement',
  text: sql`select set_config('row_security', 'off', true)`,
  values: [],
}

/** Those of the versions that an object or an upload under way has, each with the size that its row tells. */
export function knownVersions(ids: readonly BlobId[]): Statement {
  return { kind: 'statement', text: selectKnown, values: [`{${ids.join(',')}}`] }
}

/** Whether there is any object with bytes. */
export const anyObject: Statement = {
  kind: 'statement',
  text: sql`select exists (select from storage.objects where version is not null) as any`,
  values: [],
}

/** Ends uploads in parts that were begun more than so many seconds ago. */
export function endUploads(seconds: number): Statement {
  return { kind: 'statement', text: deleteUploads, values: [`${seconds}`] }
}

const selectKnown = sql`
  select version, bucket_id, name, metadata ->> 'size' as size from storage.objects where version = any($1::text[])
  union all
  select version, null, null, null from storage.s3_multipart_uploads where version = any($1::text[])
  union all
  select version::text, null, null, null from storage.resumable_uploads
  where version = any($1::text[]::uuid[]) and completed_at is null`

const deleteUploads = sql`
  delete from storage.s3_multipart_uploads where created_at < now() - make_interval(secs => $1::float8) returning id`
