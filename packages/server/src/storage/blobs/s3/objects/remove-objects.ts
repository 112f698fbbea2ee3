// Removes objects from the store.

import { DeleteObjectCommand, DeleteObjectsCommand } from '@aws-sdk/client-s3'

import { Refusal } from '../../../../refusal/refusal.ts'
import type { BlobId } from '../../blobs.ts'
import type { Store } from '../client/store.ts'

/** As many as stores take in one request. */
const TOGETHER = 1000

/** Those that are not there are none to remove. Refuses with `storage.bytes-unavailable`. */
export async function removeObjects(store: Store, ids: readonly BlobId[]): Promise<void> {
  await removeKeys(
    store,
    ids.map((id) => store.key(id)),
  )
}

/** The same, by their names in the store. */
export async function removeKeys(store: Store, keys: readonly string[]): Promise<void> {
  for (let at = 0; at < keys.length; at += TOGETHER) await removeTogether(store, keys.slice(at, at + TOGETHER))
}

async function removeTogether(store: Store, keys: readonly string[]): Promise<void> {
  const [only] = keys
  if (keys.length === 1) {
    await store.ask(async (client) => await client.send(new DeleteObjectCommand({ Bucket: store.bucket, Key: only })))
    return
  }
  const Delete = { Objects: keys.map((Key) => ({ Key })), Quiet: true }
  const { Errors = [] } = await store.ask(
    async (client) => await client.send(new DeleteObjectsCommand({ Bucket: store.bucket, Delete })),
  )
  const failed = Errors.find(({ Code }) => Code !== 'NoSuchKey')
  if (failed !== undefined)
    throw new Refusal('storage.bytes-unavailable', {
      reason: `The store of the bytes removes not all of them: ${failed.Code ?? 'it does not say why'}`,
    })
}
