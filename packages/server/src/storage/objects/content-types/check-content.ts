// The types that a bucket takes, held against what is said of a file and against the file.

import { Readable } from 'node:stream'

import type { AdmittedUpload } from '../uploads.ts'
import { isPlaceholder } from '../placing/admit-by-limits.ts'
import { contradicts } from './contradicts.ts'
import { essenceOf, isAllowed } from './is-allowed.ts'
import { mimeTypeRefused } from './mime-type-refused.ts'
import { kindOf, TELLING } from './kind-of-bytes.ts'

/**
 * The bytes again, once their beginning was judged; the caller ends them. A bucket without a list takes everything, unjudged,
 * and so is the declared type kept as it is. With a list, `admit` has refused a declared type that is not on it, and here the
 * bytes are refused where they tell a kind that is neither on the list nor possible under the declared type: a page or
 * a program that is said to be a picture, a JPEG that is said to be a PNG. Text, and what has no signature, passes as what it
 * is said to be; where nothing is said, as whatever the bucket takes. Refuses with `storage.mime-type-refused`.
 */
export async function checkContent(
  { bucket, wanted }: Pick<AdmittedUpload, 'bucket' | 'wanted'>,
  bytes: Readable,
): Promise<Readable> {
  const list = bucket.allowedMimeTypes ?? []
  if (list.length === 0 || isPlaceholder(wanted.name)) return bytes
  const chunks = bytes.iterator({ destroyOnReturn: false }) as AsyncIterator<Buffer>
  const head = await readHead(chunks)
  const kind = await kindOf(head.subarray(0, TELLING))
  const possible = wanted.contentType === null ? list : [wanted.contentType]
  const isNone = (found: string): boolean => possible.every((type) => contradicts(found, essenceOf(type)))
  if (kind !== null && !isAllowed(kind, list) && isNone(kind)) throw mimeTypeRefused(kind, list)
  return Readable.from(resume(head, chunks), { objectMode: false })
}

async function readHead(chunks: AsyncIterator<Buffer>): Promise<Buffer> {
  const read: Buffer[] = []
  for (let size = 0; size < TELLING;) {
    const { done, value } = await chunks.next()
    if (done === true) break
    read.push(value)
    size += value.length
  }
  return Buffer.concat(read)
}

async function* resume(head: Buffer, chunks: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  if (head.length > 0) yield head
  for (;;) {
    const { done, value } = await chunks.next()
    if (done === true) return
    yield value
  }
}
