// Deleting a bucket's objects, as many as one statement should.

import type { Statement } from '../../../database/statement.ts'
import { sql } from '../../../database/sql.ts'

/** The versions of at most 1,000 objects that were there at `before`, in milliseconds since 1970. */
export function deleteSome(bucket: string, before: number): Statement {
  return { kind: 'statement', text: deletion, values: [bucket, `${before}`] }
}

/** By the index on the bucket, and locked in that order, so that two who empty the same bucket do not wait in a ring. */
const deletion = sql`
  with batch as (
    select id from storage.objects
    where bucket_id = $1 and created_at <= to_timestamp($2::double precision / 1000)
    order by name collate "C" limit 1000 for update
  )
  delete from storage.objects using batch where objects.id = batch.id returning objects.version`
