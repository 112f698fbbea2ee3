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

const UNITS = /^[0-9]+(?:\.[0-9]+)?(?:[gG][bB]|[mM][bB]|[kK][bB]|[bB])$/

/** A whole number, or a text with one of upstream's units. A number as text is one all the same, and so is a truth value. */
const size = z.unknown().transform((said, context): number | string => {
  const number = typeof said === 'object' || said === '' ? Number.NaN : Number(said)
  const isWhole = Number.isSafeInteger(number)
  if (isWhole && number >= 0) return number
  if (typeof said === 'string' && UNITS.test(said)) return said
  context.addIssue({ code: 'custom', message: sayNoSize(said, isWhole), input: said })
  return z.NEVER
})

/** In the words of the validator for each of the two, and for both. */
function sayNoSize(said: unknown, isWhole: boolean): string {
  const noInteger =
    typeof said === 'number' ? ['must be integer'] : ['must be integer', 'must pass "finite" keyword validation']
  return [
    ...(isWhole ? ['must be >= 0'] : noInteger),
    typeof said === 'object' ? 'must be string' : `must match pattern "${UNITS.source}"`,
    'must match a schema in anyOf',
  ].join('\n')
}

const fields = {
  public: z.boolean().optional(),
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
