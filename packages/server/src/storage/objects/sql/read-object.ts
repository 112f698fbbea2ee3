// Reading the row of one object: in the caller's name, or together with its bucket as the owner of both.

import { sql } from '../../../database/sql.ts'
import type { Statement } from '../../../database/statement.ts'
import { objectColumns } from '../../rows/sql/object-columns.ts'

/** Where an object is. */
export interface Place {
  readonly bucket: string
  readonly name: string
}

/** No row where the policies show none. */
export function selectObject({ bucket, name }: Place): Statement {
  return { kind: 'statement', text: object, values: [bucket, name] }
}

/** One row where there is the bucket: `public`, and the object's columns, all null where it has none of that name. */
export function selectInBucket({ bucket, name }: Place): Statement {
  return { kind: 'statement', text: inBucket, values: [bucket, name] }
}

/** Those of these names that the policies show, a column `name` each. */
export function selectNames(bucket: string, names: readonly string[]): Statement {
  return { kind: 'statement', text: namesShown, values: [bucket, JSON.stringify(names)] }
}

const object = sql`select ${objectColumns} from storage.objects where bucket_id = $1 and name = $2`

const inBucket = sql`
  select buckets.public, ${objectColumns}
  from storage.buckets left join storage.objects on bucket_id = buckets.id and objects.name = $2
  where buckets.id = $1`

const namesShown = sql`
  select name from storage.objects
  where bucket_id = $1 and name = any (array(select jsonb_array_elements_text($2::jsonb)))`
