// Answers with an object: what the request already has of it, a part, its headers alone, or all of it.

import type { FastifyReply, FastifyRequest } from 'fastify'

import { Refusal } from '../../../refusal/refusal.ts'
import { type BlobId, type Blobs, type ByteRange, SMALL_BLOB } from '../../blobs/blobs.ts'
import type { ObjectRow } from '../../rows/object-row.ts'
import { judgeConditions, rangeHolds } from './asked/conditions.ts'
import { factsOf } from './headers/object-facts.ts'
import { objectHeaders } from './headers/object-headers.ts'
import { readRange } from './asked/range.ts'
import { sendPoured } from './send-poured.ts'

export interface ObjectAnswer {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  /** Reads the row; asked again where its bytes were replaced meanwhile. */
  readonly find: () => Promise<ObjectRow>
  /** When the URL is over, in Unix seconds; null for one that never is. */
  readonly expires: number | null
}

/**
 * Refuses with what `find` refuses, `storage.precondition-failed`, `storage.range-unsatisfiable`, and
 * `storage.bytes-missing` where the row names bytes that are not there, also when read once again.
 */
export async function serveObject(blobs: Blobs, answer: ObjectAnswer): Promise<FastifyReply> {
  const row = await answer.find()
  if (await served(blobs, answer, row)) return answer.reply
  const again = await answer.find()
  if (again.version !== row.version && (await served(blobs, answer, again))) return answer.reply
  throw bytesMissing(row)
}

/** False where there are no bytes to the row. */
async function served(blobs: Blobs, { request, reply, expires }: ObjectAnswer, row: ObjectRow): Promise<boolean> {
  const { version } = row
  if (version === null) return false
  const object = factsOf(row)
  const verdict = judgeConditions(request.headers, object)
  if (verdict === 'precondition-failed') throw new Refusal('storage.precondition-failed', {})
  const size = object.size ?? (await blobs.stat(version))?.size ?? null
  if (size === null) return false
  const headers = objectHeaders({ object, download: downloadOf(request), expires })
  if (verdict === 'not-modified') return sent(reply.code(304).headers(headers))
  if (request.method === 'HEAD') return sent(reply.headers(headers).header('content-length', size))
  const range = rangeHolds(ifRangeOf(request), object) ? readRange(request.headers.range, size) : null
  if (range === 'unsatisfiable') {
    reply.header('content-range', `bytes */${size}`)
    throw new Refusal('storage.range-unsatisfiable', { size })
  }
  reply.headers(headers).header('content-length', range === null ? size : range.end - range.start + 1)
  if (range !== null) reply.code(206).header('content-range', `bytes ${range.start}-${range.end}/${size}`)
  return await sendBytes(blobs, version, size, range, reply)
}

async function sendBytes(
  blobs: Blobs,
  id: BlobId,
  size: number,
  range: ByteRange | null,
  reply: FastifyReply,
): Promise<boolean> {
  try {
    const whole = range === null && size <= SMALL_BLOB
    const asked = range ?? { start: 0, end: size - 1 }
    const there = whole ? await sendWhole(blobs, id, size, reply) : await sendPoured(blobs, id, asked, reply)
    if (!there) forget(reply)
    return there
  } catch (error) {
    forget(reply)
    throw error
  }
}

async function sendWhole(blobs: Blobs, id: BlobId, size: number, reply: FastifyReply): Promise<boolean> {
  const bytes = await blobs.readWhole(id, size)
  if (bytes !== null) void reply.send(bytes)
  return bytes !== null
}

/** What was said of bytes that are not there. */
function forget(reply: FastifyReply): void {
  for (const name of Object.keys(reply.getHeaders())) if (name !== 'x-content-type-options') reply.removeHeader(name)
  reply.code(200)
}

function sent(reply: FastifyReply): true {
  void reply.send()
  return true
}

function downloadOf({ query }: FastifyRequest): unknown {
  return (query as Readonly<Record<string, unknown>>)['download']
}

function ifRangeOf({ headers }: FastifyRequest): string | undefined {
  const value = headers['if-range']
  return typeof value === 'string' ? value : undefined
}

function bytesMissing({ bucketId, name, version }: ObjectRow): Refusal {
  const fix =
    version === null
      ? 'SQL made this row, and no bytes were ever uploaded to it: upload the object, or delete it.'
      : 'The bytes of this row are gone from their place; `tenon doctor storage` lists what is missing.'
  return new Refusal('storage.bytes-missing', { bucket: bucketId, name }, { fix })
}
