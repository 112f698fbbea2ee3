// One page of the objects of a bucket, in the caller's name. Folders are found by the functions that SQL may use, too.

import { identifier, sql } from '../../../database/sql.ts'
import type { Statement } from '../../../database/statement.ts'
import { isoTime } from '../../rows/sql/column-values.ts'

export type SortColumn = 'name' | 'created_at' | 'updated_at' | 'last_accessed_at'
export type SortOrder = 'asc' | 'desc'

export interface FolderPage {
  readonly bucket: string
  /** A folder with its slash; empty for the whole bucket. */
  readonly prefix: string
  /** What names in the folder begin with, in any case. */
  readonly search: string
  readonly column: SortColumn
  readonly order: SortOrder
  readonly limit: number
  readonly offset: number
}

export interface KeyPage {
  readonly bucket: string
  readonly prefix: string
  /** Names with a slash behind the prefix stand for their folder. */
  readonly withFolders: boolean
  readonly column: Exclude<SortColumn, 'last_accessed_at'>
  readonly order: SortOrder
  readonly limit: number
  /** The last entry of the page before, and its time where that sorts; null for the first page. */
  readonly after: { readonly name: string; readonly time: string | null } | null
}

/** Folders have no id. Names begin behind the prefix. */
export function listFolder({ bucket, prefix, search, column, order, limit, offset }: FolderPage): Statement {
  const values = [prefix, bucket, `${limit}`, `${offset}`, search, column, order]
  return { kind: 'statement', text: folder, values }
}

/** Names are whole; beside folders, each entry has its name behind the prefix as `key`, too. */
export function listKeys(page: KeyPage): Statement {
  return page.withFolders ? listWithFolders(page) : listFlat(page)
}

function listWithFolders({ bucket, prefix, column, order, limit, after }: KeyPage): Statement {
  const values = [prefix, bucket, `${limit}`, after?.name ?? '', order, column, after?.time ?? '']
  return { kind: 'statement', text: folders, values }
}

function listFlat({ bucket, prefix, column, order, limit, after }: KeyPage): Statement {
  const direction = order === 'desc' ? sql`desc` : sql`asc`
  const beyond = order === 'desc' ? sql`<` : sql`>`
  const values = [bucket, prefix, `${prefix}${LAST_CHARACTER}`, after?.name ?? null, `${limit}`]
  if (column === 'name') {
    const text = sql`
      select ${shown} from storage.objects
      where bucket_id = $1 and ${bytes} >= $2 and ${bytes} < $3 and ($4::text is null or ${bytes} ${beyond} $4)
      order by ${bytes} ${direction} limit $5::bigint`
    return { kind: 'statement', text, values }
  }
  const time = sql`date_trunc('milliseconds', ${identifier(column)})`
  const text = sql`
    select ${shown} from storage.objects
    where bucket_id = $1 and ${bytes} >= $2 and ${bytes} < $3
      and ($4::text is null or (${time}, ${bytes}) ${beyond} (coalesce($6::timestamptz, 'epoch'), $4))
    order by ${time} ${direction}, ${bytes} ${direction} limit $5::bigint`
  return { kind: 'statement', text, values: [...values, after?.time ?? null] }
}

/** A name compared by its bytes, as an index has it, whatever the database sorts by. */
const bytes = sql`name collate "C"`

/** No character comes after it. */
const LAST_CHARACTER = '\u{10ffff}'

const shown = sql`
  name, id, metadata, ${isoTime(sql`updated_at`)} as updated_at, ${isoTime(sql`created_at`)} as created_at,
  ${isoTime(sql`last_accessed_at`)} as last_accessed_at`

const folder = sql`
  select ${shown} from storage.search($1, $2, $3::integer, 1, $4::integer, $5, $6, $7)`

const folders = sql`
  select key, ${shown} from storage.search_v2(
    $1, $2, $3::integer, array_length(string_to_array($1 || 'x', '/'), 1), $4, $5, $6, $7)`
