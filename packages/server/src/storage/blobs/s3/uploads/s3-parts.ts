// Blobs in parts, as the store has them: the token is its own, so that an upload outlives this process.

import type { Readable } from 'node:stream'

import { Refusal } from '../../../../refusal/refusal.ts'
import { batchesOf } from '../../batches.ts'
import type { BlobParts, CompletedPart, PartsToken, WrittenBlob } from '../../blobs.ts'
import { joinedEtag } from '../../joined-etag.ts'
import { retried } from '../client/retried.ts'
import type { Store } from '../client/store.ts'
import { statObject } from '../objects/read-object.ts'
import { spool } from './spool.ts'
import { abortUpload, beginUpload, completeUpload, sendPart, type StoreUpload, streamPart } from './store-upload.ts'

/** Larger parts go by the disk. */
const IN_MEMORY = 8 * 1024 * 1024

export function s3Parts(store: Store): BlobParts {
  const uploadOf = ({ id, upload }: PartsToken): StoreUpload => ({ key: store.key(id), upload })
  return {
    begin: async (id) => ({ id, upload: (await beginUpload(store, id)).upload }),
    write: async (token, number, bytes, limit) => await writePart(store, uploadOf(token), number, bytes, limit),
    complete: async (token, parts) => await complete(store, token, uploadOf(token), parts),
    abort: async (token) => await abortUpload(store, uploadOf(token)),
  }
}

async function writePart(
  store: Store,
  upload: StoreUpload,
  number: number,
  bytes: Readable,
  limit: number,
): Promise<WrittenBlob> {
  const batches = batchesOf(bytes, limit, IN_MEMORY)
  const first = (await batches.next()).value ?? Buffer.alloc(0)
  const second = (await batches.next()).value
  if (second === undefined) return { size: first.length, etag: await sendPart(store, upload, number, first) }
  await using spooled = await spool(after([first, second], batches))
  const { size, md5 } = spooled
  const send = async () => await streamPart(store, upload, number, { body: spooled.open(), size, md5 })
  return { size, etag: await retried(send) }
}

async function* after(begun: readonly Buffer[], rest: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  yield* begun
  yield* rest
}

/** Whoever did not hear that it was completed asks again, and the store knows the upload no longer. */
async function complete(
  store: Store,
  { id }: PartsToken,
  upload: StoreUpload,
  parts: readonly CompletedPart[],
): Promise<WrittenBlob> {
  const failed = await completeUpload(store, upload, parts).then(
    () => null,
    (error: unknown) => error,
  )
  const stored = failed === null || isOver(failed) ? await statObject(store, id) : null
  if (stored !== null) return { size: stored.size, etag: joinedEtag(parts) }
  throw failed ?? new Refusal('storage.bytes-unavailable', { reason: 'The store of the bytes lost what it completed' })
}

function isOver(error: unknown): boolean {
  return error instanceof Refusal && ['storage.upload-not-found', 'storage.bytes-unavailable'].includes(error.code)
}
