// Rows of uploads that come in parts, as their owner keeps them.

import { sql } from '../../../database/sql.ts'
import type { Statement } from '../../../database/statement.ts'
import { isoTime } from '../../rows/sql/column-values.ts'

export interface NewUpload {
  readonly id: string
  readonly bucket: string
  readonly key: string
  readonly version: string
  readonly ownerId: string | null
  readonly metadata: object
  readonly userMetadata: object
}

export interface NewPart {
  readonly uploadId: string
  readonly number: number
  readonly size: number
  readonly etag: string
  readonly ownerId: string | null
}

export function insertUpload({ id, bucket, key, version, ownerId, metadata, userMetadata }: NewUpload): Statement {
  const values = [id, bucket, key, version, ownerId, JSON.stringify(metadata), JSON.stringify(userMetadata)]
  return { kind: 'statement', text: insertion, values }
}

/** With the entity tag of its object as `placed`, where that is there already: the server may have ended before the row. */
export function selectUpload(id: string): Statement {
  return {
    kind: 'statement',
    text: sql`select ${upload} from storage.s3_multipart_uploads where id = $1`,
    values: [id],
  }
}

/** Its parts go along. Counts 0 where somebody else was first. */
export function deleteUpload(id: string): Statement {
  return { kind: 'statement', text: sql`delete from storage.s3_multipart_uploads where id = $1`, values: [id] }
}

/** Of those who put a part of it, one at a time goes on. */
export function lockUpload(id: string): Statement {
  return {
    kind: 'statement',
    text: sql`select from storage.s3_multipart_uploads where id = $1 for update`,
    values: [id],
  }
}

/** Takes `size` bytes of what the upload may have; counts 0 where that would be more than `limit`. */
export function reserve(id: string, size: number, limit: number): Statement {
  return { kind: 'statement', text: reservation, values: [id, `${size}`, `${limit}`] }
}

/** Gives them back. */
export function release(id: string, size: number): Statement {
  return { kind: 'statement', text: releasing, values: [id, `${size}`] }
}

/**
 * The part is the one of its number from now on, and the bytes of the one before count no more. Returns nothing where the
 * upload is over. Goes behind `lockUpload`: a statement sees what was there when it began.
 */
export function putPart({ uploadId, number, size, etag, ownerId }: NewPart): Statement {
  return { kind: 'statement', text: putting, values: [uploadId, `${number}`, `${size}`, etag, ownerId] }
}

export function selectParts(uploadId: string): Statement {
  return {
    kind: 'statement',
    text: sql`
      select part_number, etag, size from storage.s3_multipart_uploads_parts where upload_id = $1 order by part_number`,
    values: [uploadId],
  }
}

const upload = sql`
  id, bucket_id, key, version, owner_id, metadata, user_metadata,
  (select objects.metadata ->> 'eTag' from storage.objects where objects.version = s3_multipart_uploads.version) as placed`

const insertion = sql`
  insert into storage.s3_multipart_uploads
    (id, upload_signature, bucket_id, key, version, owner_id, metadata, user_metadata)
  values ($1, '', $2, $3, $4, $5, $6::jsonb, $7::jsonb)`

const reservation = sql`
  update storage.s3_multipart_uploads set in_progress_size = in_progress_size + $2::bigint
  where id = $1 and in_progress_size + $2::bigint <= $3::bigint`

const releasing = sql`
  update storage.s3_multipart_uploads set in_progress_size = greatest(0, in_progress_size - $2::bigint) where id = $1`

const putting = sql`
  with replaced as (
    delete from storage.s3_multipart_uploads_parts where upload_id = $1 and part_number = $2::integer returning size
  ), counted as (
    update storage.s3_multipart_uploads
    set in_progress_size = greatest(0, in_progress_size - (select coalesce(sum(size), 0) from replaced)) where id = $1
  )
  insert into storage.s3_multipart_uploads_parts (upload_id, bucket_id, key, version, part_number, size, etag, owner_id)
  select id, bucket_id, key, version, $2::integer, $3::bigint, $4, $5 from storage.s3_multipart_uploads where id = $1
  returning ${isoTime(sql`created_at`)} as created_at`
