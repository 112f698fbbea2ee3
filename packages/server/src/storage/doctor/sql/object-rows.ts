// The rows of all objects, a page at a time, and what is done to those that are wrong.

import { sql } from '../../../database/sql.ts'
import type { Statement } from '../../../database/statement.ts'

/** The page after the row of this id, in the order of ids; the first one after null. */
export function objectsAfter(id: string | null, limit: number): Statement {
  return { kind: 'statement', text: selectObjects, values: [id ?? '00000000-0000-0000-0000-000000000000', `${limit}`] }
}

/** Only while it is as it was looked at. */
export function deleteObject(id: string, version: string | null): Statement {
  return { kind: 'statement', text: deleteRow, values: [id, version] }
}

/** Whether the row is still as it was looked at. */
export function sameObject(id: string, version: string | null): Statement {
  return { kind: 'statement', text: selectSame, values: [id, version] }
}

/** Lets the row tell of its bytes what they are. Only while it is as it was looked at. */
export function correctObject(id: string, version: string, told: { size: number; eTag?: string }): Statement {
  const corrected = JSON.stringify({ ...told, contentLength: told.size })
  return { kind: 'statement', text: updateRow, values: [id, version, corrected] }
}

const selectObjects = sql`
  select id, bucket_id, name, version, metadata ->> 'size' as size, metadata ->> 'eTag' as etag
  from storage.objects where id > $1::uuid order by id limit $2::int`

const selectSame = sql`select id from storage.objects where id = $1::uuid and version is not distinct from $2`

const deleteRow = sql`delete from storage.objects where id = $1::uuid and version is not distinct from $2 returning id`

const updateRow = sql`
  update storage.objects set metadata = coalesce(metadata, '{}') || $3::jsonb
  where id = $1::uuid and version = $2 returning id`
