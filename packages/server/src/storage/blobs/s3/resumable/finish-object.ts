// Makes the object of a growing blob in a store.

import { HeadObjectCommand } from '@aws-sdk/client-s3'
import { buffer } from 'node:stream/consumers'

import { Refusal } from '../../../../refusal/refusal.ts'
import type { BlobId, CompletedPart, WrittenBlob } from '../../blobs.ts'
import { joinedEtag } from '../../joined-etag.ts'
import { isMissing } from '../client/store-refusal.ts'
import type { Store } from '../client/store.ts'
import { putWhole } from '../objects/put-whole.ts'
import { etagOf } from '../uploads/etag-of.ts'
import { completeUpload, sendPart } from '../uploads/store-upload.ts'
import { type Growth, sizeOf } from './growth.ts'
import { readKey } from './read-key.ts'

/** Said again it answers the same, as long as what it has grown to is known. */
export async function finishObject(store: Store, id: BlobId, growth: Growth): Promise<WrittenBlob> {
  const { tail, upload } = growth
  const rest = tail === null ? Buffer.alloc(0) : await store.ask(async () => buffer(await readKey(store, tail.key)))
  if (upload === null) return await putWhole(store, store.key(id), rest)
  try {
    const etag = await completeParts(store, { key: store.key(id), upload }, growth.parts, rest)
    return { size: sizeOf(growth), etag }
  } catch (error) {
    const isOver = error instanceof Refusal && error.code === 'storage.upload-not-found'
    const finished = isOver ? await finishedObject(store, id) : null
    if (finished === null) throw error
    return finished
  }
}

/** Of one that was finished before; null where there is none. */
export async function finishedObject(store: Store, id: BlobId): Promise<WrittenBlob | null> {
  const command = new HeadObjectCommand({ Bucket: store.bucket, Key: store.key(id) })
  return await store.ask(async (client) => {
    try {
      const { ContentLength = 0, ETag } = await client.send(command)
      return { size: ContentLength, etag: etagOf(ETag) }
    } catch (error) {
      if (isMissing(error)) return null
      throw error
    }
  })
}

async function completeParts(
  store: Store,
  to: { readonly key: string; readonly upload: string },
  before: readonly CompletedPart[],
  rest: Buffer,
): Promise<string> {
  const number = before.length + 1
  const last = rest.length === 0 ? [] : [{ number, etag: await sendPart(store, to, number, rest) }]
  const parts = [...before, ...last]
  await completeUpload(store, to, parts)
  return joinedEtag(parts)
}
