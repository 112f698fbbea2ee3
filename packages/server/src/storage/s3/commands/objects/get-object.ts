// GetObject and HeadObject: an object, a part of it, or what is said of it.

import { once } from 'node:events'

import { Refusal } from '../../../../refusal/refusal.ts'
import type { BlobId, ByteRange } from '../../../blobs/blobs.ts'
import { judgeConditions, rangeHolds } from '../../../objects/download/asked/conditions.ts'
import { readRange } from '../../../objects/download/asked/range.ts'
import { findForCaller } from '../../../objects/download/find-object.ts'
import { factsOf, type ObjectFacts } from '../../../objects/download/headers/object-facts.ts'
import { objectHeaders } from '../../../objects/download/headers/object-headers.ts'
import type { ObjectRow } from '../../../rows/object-row.ts'
import type { S3Answer } from '../../answer.ts'
import type { S3Deps, S3Request } from '../../s3-request.ts'
import { overriddenHeaders } from './overridden-headers.ts'
import { metadataHeaders } from './user-metadata.ts'

/** Refuses with `storage.*`: not found, a condition that does not hold, a range that the object does not have. */
export async function getObject(request: S3Request, deps: S3Deps): Promise<S3Answer> {
  const find = async (): Promise<ObjectRow> => await rowOf(request, deps)
  const row = await find()
  const answer = await answerWith(row, request, deps)
  if (answer !== null) return answer
  // Its bytes were replaced between the row and them: the row says by now where the new ones are.
  const again = await find()
  const second = again.version === row.version ? null : await answerWith(again, request, deps)
  if (second !== null) return second
  throw new Refusal('storage.bytes-missing', { bucket: row.bucketId, name: row.name })
}

async function rowOf(request: S3Request, { database }: S3Deps): Promise<ObjectRow> {
  const operation = request.method === 'HEAD' ? 'storage.s3.object.info' : 'storage.s3.object.get'
  return await findForCaller(database, request.caller, { bucket: request.bucket, name: request.key }, operation)
}

/** Null where there are no bytes to the row. */
async function answerWith(row: ObjectRow, request: S3Request, { blobs }: S3Deps): Promise<S3Answer | null> {
  const { version } = row
  if (version === null) return null
  const object = factsOf(row)
  const conditions = Object.fromEntries(CONDITIONS.map((name) => [name, request.header(name) ?? undefined]))
  const verdict = judgeConditions(conditions, object)
  if (verdict === 'precondition-failed') throw new Refusal('storage.precondition-failed', {})
  const size = object.size ?? (await blobs.stat(version))?.size
  if (size === undefined) return null
  const headers = {
    ...objectHeaders({ object, download: undefined, expires: null }),
    ...metadataHeaders(row.userMetadata),
  }
  if (verdict === 'not-modified') return { status: 304, headers, body: null }
  const range = rangeOf(request, object, size)
  const answered = { ...headers, ...overriddenHeaders(request), ...lengthHeaders(range, size) }
  const status = range === null ? 200 : 206
  if (request.method === 'HEAD') return { status, headers: answered, body: null }
  return await withBytes(blobs, version, range, { status, headers: answered, body: null })
}

const CONDITIONS = ['if-match', 'if-none-match', 'if-modified-since', 'if-unmodified-since']

async function withBytes(
  blobs: S3Deps['blobs'],
  version: BlobId,
  range: ByteRange | null,
  answer: S3Answer,
): Promise<S3Answer | null> {
  const body = await blobs.read(version, range ?? undefined)
  if (body === null) return null
  // Before a word is said of the object: its bytes may break off at once.
  await once(body, 'readable')
  return { ...answer, body }
}

function rangeOf(request: S3Request, object: ObjectFacts, size: number): ByteRange | null {
  if (!rangeHolds(request.header('if-range') ?? undefined, object)) return null
  const range = readRange(request.header('range') ?? undefined, size)
  if (range === 'unsatisfiable') throw new Refusal('storage.range-unsatisfiable', { size })
  return range
}

function lengthHeaders(range: ByteRange | null, size: number): S3Answer['headers'] {
  if (range === null) return { 'content-length': `${size}` }
  const { start, end } = range
  return { 'content-length': `${end - start + 1}`, 'content-range': `bytes ${start}-${end}/${size}` }
}
