// The statements on `storage.buckets`, each to be run in the caller's name.

import { identifier, join, type Sql, sql } from '../../../database/sql.ts'
import type { Statement } from '../../../database/statement.ts'
import { isoTime, textsOf, uuidOf } from '../../rows/sql/column-values.ts'
import type { BucketFields } from '../bucket-fields.ts'
import type { BucketListing } from '../bucket-listing.ts'

export interface NewBucket extends BucketFields {
  readonly id: string
  readonly name: string
  /** `sub` of whoever makes it. */
  readonly ownerId: string | null
}

/** Returns nothing, so that it needs no more than a policy for INSERT. A bucket of that id or name is 23505. */
export function insertBucket({ id, name, ownerId, ...fields }: NewBucket): Statement {
  const { public: isPublic = false, fileSizeLimit = null, allowedMimeTypes = null, quota = null } = fields
  const values = [id, name, ownerId, `${isPublic}`, bytes(fileSizeLimit), list(allowedMimeTypes), bytes(quota)]
  return { kind: 'statement', text: insertion, values }
}

/** Counts 0 where there is none that the caller may see and change. */
export function updateBucket(id: string, fields: BucketFields): Statement {
  const { public: isPublic, fileSizeLimit, allowedMimeTypes, quota } = fields
  const values: (string | null)[] = [id]
  const bind = (value: string | null): Sql => `$${values.push(value)}` as Sql
  const changes: Sql[] = []
  if (isPublic !== undefined) changes.push(sql`public = ${bind(`${isPublic}`)}::boolean`)
  if (fileSizeLimit !== undefined) changes.push(sql`file_size_limit = ${bind(bytes(fileSizeLimit))}::bigint`)
  if (allowedMimeTypes !== undefined) changes.push(sql`allowed_mime_types = ${textsOf(bind(list(allowedMimeTypes)))}`)
  if (quota !== undefined) changes.push(sql`quota = ${bind(bytes(quota))}::bigint`)
  return { kind: 'statement', text: sql`update storage.buckets set ${join(changes, sql`, `)} where id = $1`, values }
}

/** Counts 0 where there is none that the caller may see and delete; one with objects is 23503. */
export function deleteBucket(id: string): Statement {
  return { kind: 'statement', text: sql`delete from storage.buckets where id = $1`, values: [id] }
}

/** Whether anything is in it, whoever may see it. */
export function firstObject(bucket: string): Statement {
  return { kind: 'statement', text: sql`select from storage.objects where bucket_id = $1 limit 1`, values: [bucket] }
}

export function selectBucket(id: string): Statement {
  return { kind: 'statement', text: sql`select ${shown} from storage.buckets where id = $1`, values: [id] }
}

/** In the order of their making where no other is asked for. */
export function listBuckets({ search, sortColumn, sortOrder, limit, offset }: BucketListing): Statement {
  const order = sortColumn === null ? sql`created_at` : identifier(sortColumn)
  const direction = sortOrder === 'desc' ? sql`desc` : sql`asc`
  const pattern = search === null ? null : `%${search.replaceAll(/[\\%_]/g, '\\$&')}%`
  return {
    kind: 'statement',
    text: sql`
      select ${shown} from storage.buckets
      where $1::text is null or name ilike $1::text
      order by ${sql`buckets.${order}`} ${direction}, buckets.id ${direction}
      limit $2::bigint offset $3::bigint`,
    values: [pattern, limit === null ? null : `${limit}`, `${offset}`],
  }
}

function bytes(size: number | null): string | null {
  return size === null ? null : `${size}`
}

function list(items: readonly string[] | null): string | null {
  return items === null ? null : JSON.stringify(items)
}

const insertion = sql`
  insert into storage.buckets (id, name, owner, owner_id, public, file_size_limit, allowed_mime_types, quota)
  values ($1, $2, ${uuidOf(sql`$3`)}, $3, $4::boolean, $5::bigint, ${textsOf(sql`$6`)}, $7::bigint)`

const shown = sql`
  id, name, owner, public, type, file_size_limit, allowed_mime_types, quota,
  ${isoTime(sql`created_at`)} as created_at, ${isoTime(sql`updated_at`)} as updated_at`
