// Giving an object another place, in the caller's name.

import { sql } from '../../../database/sql.ts'
import type { Statement } from '../../../database/statement.ts'
import { uuidOf } from '../../rows/sql/column-values.ts'
import type { Place } from './read-object.ts'

/**
 * The bytes stay where they are. Who moves it owns it, as upstream has it; a key without a `sub` leaves the owner. Returns
 * nothing where the policies do not let it be seen and updated, or where it is not the `version` any more that is meant, if
 * one is; a name that is taken is 23505, a bucket that is not there 23503.
 */
export function moveObject(from: Place, to: Place, ownerId: string | null, version: string | null): Statement {
  return { kind: 'statement', text: moved, values: [from.bucket, from.name, to.bucket, to.name, ownerId, version] }
}

const moved = sql`
  update storage.objects
  set bucket_id = $3, name = $4, updated_at = now(), owner_id = coalesce($5, owner_id),
    owner = case when $5::text is null then owner else ${uuidOf(sql`$5`)} end
  where bucket_id = $1 and name = $2 and ($6::text is null or version = $6)
  returning id`
