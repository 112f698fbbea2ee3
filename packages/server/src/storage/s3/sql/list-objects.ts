// One page of a listing: names in the order of their bytes, and those that share a beginning up to the delimiter as one.

import { type Sql, sql } from '../../../database/sql.ts'
import type { Statement } from '../../../database/statement.ts'
import { isoTime } from '../../rows/sql/column-values.ts'
import { afterAllBeneath, afterNamesBeneath, type Page } from '../listing/page.ts'

/**
 * In the caller's name. A row has a `folder` where it stands for all names that begin so; its other columns are those of the
 * first of them. Each step is one look into the index, however many names a folder has.
 */
export function listObjects(bucket: string, { prefix, delimiter, from, limit }: Page): Statement {
  const end = afterAllBeneath(prefix)
  const values = [bucket, from > prefix ? from : prefix, `${limit}`]
  const bind = (value: string): Sql => `$${values.push(value)}` as Sql
  const bounded = end === null ? sql`` : sql`and ${bytes} < ${bind(end)}`
  if (delimiter === '') return { kind: 'statement', text: flat(bounded), values }
  const folders = { prefix: bind(prefix), delimiter: bind(delimiter), after: bind(afterNamesBeneath(delimiter)) }
  return { kind: 'statement', text: walk(bounded, folders), values }
}

/** Compared by its bytes, as an index has it, whatever the database sorts by. */
const bytes = sql`name collate "C"`

const shown = sql`
  name, metadata ->> 'eTag' as etag, metadata ->> 'size' as size,
  ${isoTime(sql`updated_at`)} as updated_at`

function flat(bounded: Sql): Sql {
  return sql`
    select ${shown}, null as folder from storage.objects
    where bucket_id = $1 and ${bytes} >= $2 ${bounded}
    order by ${bytes} limit $3::bigint`
}

interface FolderParameters {
  readonly prefix: Sql
  readonly delimiter: Sql
  /** What follows everything that begins with the delimiter. */
  readonly after: Sql
}

function walk(bounded: Sql, { prefix, delimiter, after }: FolderParameters): Sql {
  const inner = sql`strpos(substr(name, length(${prefix}::text) + 1), ${delimiter}::text)`
  const beginning = sql`left(name, length(${prefix}::text) + ${inner} - 1)`
  const step = (from: Sql): Sql => sql`
    select ${shown},
      case when ${inner} > 0 then ${beginning} || ${delimiter}::text end as folder,
      (case when ${inner} > 0 then ${beginning} || ${after}::text else name || chr(1) end) collate "C" as next
    from storage.objects
    where bucket_id = $1 and ${bytes} >= ${from} ${bounded}
    order by ${bytes} limit 1`
  return sql`
    with recursive walk as (
      select 1::bigint as place, first.* from (${step(sql`$2`)}) as first
      union all
      select place + 1, following.* from walk, lateral (${step(sql`walk.next`)}) as following
      where place < $3::bigint
    )
    select name, etag, size, updated_at, folder from walk order by place`
}
