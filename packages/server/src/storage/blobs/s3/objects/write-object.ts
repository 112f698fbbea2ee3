// Writes objects into the store: in one request where they are small, else in parts, so that memory holds two of them at
// the most and each can be sent again where the store falters.

import { createHash } from 'node:crypto'
import type { Readable } from 'node:stream'

import { batchesOf } from '../../batches.ts'
import type { BlobId, CompletedPart, WrittenBlob } from '../../blobs.ts'
import type { Store } from '../client/store.ts'
import { abortUpload, beginUpload, completeUpload, sendPart, type StoreUpload } from '../uploads/store-upload.ts'
import { putWhole } from './put-whole.ts'

const MEBIBYTE = 1024 * 1024
/** Stores take at least 5 MiB. */
const SMALLEST_BATCH = 8 * MEBIBYTE
const LARGEST_BATCH = 32 * MEBIBYTE
const MOST_PARTS = 10_000

/** Refuses with `storage.too-large`, also what is more than 312 GiB, and with `storage.bytes-unavailable`. */
export async function writeObject(store: Store, id: BlobId, bytes: Readable, limit: number): Promise<WrittenBlob> {
  const batch = Math.min(Math.max(SMALLEST_BATCH, Math.ceil(limit / MOST_PARTS)), LARGEST_BATCH)
  const batches = batchesOf(bytes, Math.min(limit, LARGEST_BATCH * MOST_PARTS), batch)
  const first = (await batches.next()).value ?? Buffer.alloc(0)
  const second = (await batches.next()).value
  if (second === undefined) return await putWhole(store, store.key(id), first)
  const upload = await beginUpload(store, id)
  try {
    return await sendBatches(store, upload, [first, second], batches)
  } catch (error) {
    // What cannot be taken back now is swept later, and is no more than the reason why it was broken off.
    await abortUpload(store, upload).catch(() => undefined)
    throw error
  }
}

async function sendBatches(
  store: Store,
  upload: StoreUpload,
  begun: readonly Buffer[],
  rest: AsyncIterator<Buffer, undefined>,
): Promise<WrittenBlob> {
  const md5 = createHash('md5')
  const parts: CompletedPart[] = []
  let size = 0
  const send = async (batch: Buffer): Promise<void> => {
    const number = parts.length + 1
    size += batch.length
    const sending = sendPart(store, upload, number, batch)
    md5.update(batch)
    parts.push({ number, etag: await sending })
  }
  for (const batch of begun) await send(batch)
  for (let batch = (await rest.next()).value; batch !== undefined;) {
    const [{ value }] = await Promise.all([rest.next(), send(batch)])
    batch = value
  }
  await completeUpload(store, upload, parts)
  return { size, etag: md5.digest('hex') }
}
