// What a request says of a bucket.

import { z } from 'zod'

import { Refusal } from '../../refusal/refusal.ts'
import { parseByteSize } from '../names/byte-size.ts'
import { checkMimeType } from '../names/mime-type.ts'

/** Absent where nothing is said of it, null where it is to be none. */
export interface BucketFields {
  readonly public?: boolean
  /** Bytes. */
  readonly fileSizeLimit?: number | null
  readonly allowedMimeTypes?: readonly string[] | null
  /** Bytes of all its objects together. */
  readonly quota?: number | null
}

/** Upstream's units only; a number as text is one all the same. */
const size = z.union([z.int().min(0), z.string().regex(/^[0-9]+(?:\.[0-9]+)?(?:[gG][bB]|[mM][bB]|[kK][bB]|[bB])?$/)])
/** Texts are taken for truth values, as upstream's validator does. */
const truth = z.preprocess((value) => (value === 'true' ? true : value === 'false' ? false : value), z.boolean())

const fields = {
  public: truth.optional(),
  file_size_limit: size.nullish(),
  allowed_mime_types: z.array(z.string()).readonly().nullish(),
  quota: size.nullish(),
}

export const newBucketBody = z.object({
  ...fields,
  name: z.string(),
  id: z.string().optional(),
  type: z.enum(['STANDARD', 'ANALYTICS']).optional(),
})

export const changedBucketBody = z.object(fields)

type SaidFields = z.infer<typeof changedBucketBody>

/** `limit`: what the project allows an object. Refuses with `storage.too-large`, `storage.mime-type-refused`. */
export function readBucketFields(said: SaidFields, limit: number): BucketFields {
  const fileSizeLimit = readSize(said.file_size_limit)
  if (fileSizeLimit !== undefined && fileSizeLimit !== null && fileSizeLimit > limit) throw tooLarge(limit)
  const allowedMimeTypes = said.allowed_mime_types?.filter((mimeType) => mimeType !== '') ?? said.allowed_mime_types
  allowedMimeTypes?.forEach(checkMimeType)
  const quota = readSize(said.quota)
  return {
    ...(said.public !== undefined && { public: said.public }),
    ...(fileSizeLimit !== undefined && { fileSizeLimit }),
    ...(allowedMimeTypes !== undefined && { allowedMimeTypes }),
    ...(quota !== undefined && { quota }),
  }
}

function readSize(said: number | string | null | undefined): number | null | undefined {
  return typeof said === 'string' ? parseByteSize(said) : said
}

function tooLarge(limit: number): Refusal {
  const fix = `No bucket may allow more than [storage] file_size_limit, which is ${limit} bytes`
  return new Refusal('storage.too-large', { limit }, { fix })
}
