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

/** One whose bytes are still to come. */
export interface AnnouncedPart {
  readonly uploadId: string
  readonly number: number
  readonly size: number
}

export interface WrittenPart extends AnnouncedPart {
  readonly etag: string
  readonly ownerId: string | null
  /** As `reserve` returned it. */
  readonly reserved: number
  readonly limit: number
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

/**
 * Takes of what the upload may have what a part of `size` bytes adds to the one of its number that is there; returns it as
 * `reserved`, and nothing where it adds something and all would be more than `limit`. Goes behind `lockUpload`: a statement
 * sees what was there when it began.
 */
export function reserve({ uploadId, number, size }: AnnouncedPart, limit: number): Statement {
  return { kind: 'statement', text: reservation, values: [uploadId, `${number}`, `${size}`, `${limit}`] }
}

/** Gives back what was taken. */
export function release(id: string, reserved: number): Statement {
  return { kind: 'statement', text: releasing, values: [id, `${reserved}`] }
}

/**
 * The part is the one of its number from now on, and counts by its size in place of what it was `reserved` and of the one
 * before. Returns nothing where the upload is over, and where the one before has become smaller meanwhile, so that all would
 * be more than `limit`. Goes behind `lockUpload`, too.
 */
export function putPart({ uploadId, number, size, etag, ownerId, reserved, limit }: WrittenPart): Statement {
  const values = [uploadId, `${number}`, `${size}`, etag, ownerId, `${reserved}`, `${limit}`]
  return { kind: 'statement', text: putting, values }
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

const held = sql`
  select coalesce(sum(size), 0) as bytes from storage.s3_multipart_uploads_parts
  where upload_id = $1 and part_number = $2::integer`

const reservation = sql`
  update storage.s3_multipart_uploads set in_progress_size = in_progress_size + added.bytes
  from (select greatest(0, $3::bigint - held.bytes) as bytes from (${held}) as held) as added
  where id = $1 and (added.bytes = 0 or in_progress_size + added.bytes <= $4::bigint)
  returning added.bytes as reserved`

const releasing = sql`
  update storage.s3_multipart_uploads set in_progress_size = greatest(0, in_progress_size - $2::bigint) where id = $1`

// What was reserved is enough for the part as long as the one before is what it was, and was held against a limit then.
const putting = sql`
  with held as (${held}
  ), counted as (
    update storage.s3_multipart_uploads as upload
    set in_progress_size = greatest(0, in_progress_size - held.bytes - $6::bigint + $3::bigint) from held
    where id = $1
      and ($3::bigint - held.bytes <= $6::bigint or in_progress_size - held.bytes - $6::bigint + $3::bigint <= $7::bigint)
    returning upload.id, upload.bucket_id, upload.key, upload.version
  ), replaced as (
    delete from storage.s3_multipart_uploads_parts as part using counted
    where part.upload_id = counted.id and part.part_number = $2::integer
  )
  insert into storage.s3_multipart_uploads_parts (upload_id, bucket_id, key, version, part_number, size, etag, owner_id)
  select id, bucket_id, key, version, $2::integer, $3::bigint, $4, $5 from counted
  returning ${isoTime(sql`created_at`)} as created_at`
