// Statements over `storage.resumable_uploads`, all in the owner's name.

import type { Statement } from '../../../database/statement.ts'
import { type Sql, sql } from '../../../database/sql.ts'
import type { BlobId } from '../../blobs/blobs.ts'
import type { ResumableUpload } from '../rows/resumable-upload.ts'

type Began = Omit<ResumableUpload, 'createdAt' | 'completed'>

/** Inserts nothing where `most` like it are unfinished already; null for no such bound. */
export function insertUpload(
  { version, bucket, name, ownerId, role, signed, upsert, size, metadata }: Began,
  most: number | null,
): Statement {
  const flags = [`${signed}`, `${upsert}`]
  const values = [version, bucket, name, ownerId, role, ...flags, size === null ? null : `${size}`]
  return statement(insert, [...values, JSON.stringify(metadata), most === null ? null : `${most}`])
}

export function selectUpload(version: BlobId): Statement {
  return statement(select, [version])
}

export function declareSize(version: BlobId, size: number): Statement {
  return statement(declare, [version, `${size}`])
}

export function markCompleted(version: BlobId): Statement {
  return statement(complete, [version])
}

export function deleteUpload(version: BlobId): Statement {
  return statement(remove, [version])
}

/** Those that are older than `seconds`, at most `most` of them, the oldest first. */
export function selectExpired(seconds: number, most: number): Statement {
  return statement(expired, [`${seconds}`, `${most}`])
}

function statement(text: Sql, values: readonly (string | null)[]): Statement {
  return { kind: 'statement', text, values }
}

// A token is for one name, whoever holds it; all others are counted for whoever began them.
const insert = sql`
  insert into storage.resumable_uploads (version, bucket_id, name, owner_id, role, signed, upsert, size, metadata)
  select $1::uuid, $2::text, $3::text, $4::text, $5::text, $6::boolean, $7::boolean, $8::bigint, $9::jsonb
  where $10::integer is null or $10::integer > (
    select count(*) from storage.resumable_uploads as other
    where other.bucket_id = $2::text and other.completed_at is null and other.role = $5::text
      and other.owner_id is not distinct from $4::text and (not $6::boolean or other.name = $3::text)
  )`

// An object may be in place and the row not say so yet: the server may have ended between the two.
const select = sql`
  select version, bucket_id, name, owner_id, role, signed, upsert, size, metadata,
    extract(epoch from created_at) as created_at,
    completed_at is not null or exists (
      select from storage.objects where objects.version = resumable_uploads.version::text
    ) as completed
  from storage.resumable_uploads where version = $1`

const declare = sql`update storage.resumable_uploads set size = $2 where version = $1 and size is null`

const complete = sql`update storage.resumable_uploads set completed_at = now() where version = $1`

const remove = sql`delete from storage.resumable_uploads where version = $1`

const expired = sql`
  select version from storage.resumable_uploads
  where created_at < now() - make_interval(secs => $1::double precision)
  order by created_at limit $2::integer`
