// Deleting rows of objects by their names.

import type { Statement } from '../../../database/statement.ts'
import { sql } from '../../../database/sql.ts'
import { objectColumns } from '../../rows/sql/object-columns.ts'

/** In the caller's name: one row for each that the policies let it see and delete. */
export function removeObjects(bucket: string, names: readonly string[]): Statement {
  return { kind: 'statement', text: deletion, values: [bucket, JSON.stringify(names)] }
}

/** Locks no rows before: that would ask the policies for UPDATE, too. */
const deletion = sql`
  delete from storage.objects
  where bucket_id = $1 and name in (select jsonb_array_elements_text($2::jsonb))
  returning ${objectColumns}`
