// Resumable uploads that nobody ended.

import { sql } from '../../../database/sql.ts'
import type { Statement } from '../../../database/statement.ts'

/** Those that began more than so many seconds ago, the oldest first; of many the first thousand. */
export function expiredUploads(seconds: number): Statement {
  return { kind: 'statement', text: selectExpired, values: [`${seconds}`] }
}

const selectExpired = sql`
  select bucket_id, name, to_char(created_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI "UTC"') as began
  from storage.resumable_uploads
  where completed_at is null and created_at < now() - make_interval(secs => $1::float8)
    and not exists (select from storage.objects where objects.version = resumable_uploads.version::text)
  order by created_at limit 1000`
