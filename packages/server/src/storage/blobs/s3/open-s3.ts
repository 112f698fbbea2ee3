// Blobs as objects in a bucket of an S3 store.

import { ListObjectsV2Command } from '@aws-sdk/client-s3'

import type { Blobs } from '../blobs.ts'
import { fewerBytes } from '../fewer-bytes.ts'
import { connectStore, PATIENCE, type S3Config, type Store } from './client/store.ts'
import { copyObject, LARGEST_COPY } from './objects/copy-object.ts'
import { listObjects } from './objects/list-objects.ts'
import { readObject, readObjectWhole, statObject } from './objects/read-object.ts'
import { removeObjects } from './objects/remove-objects.ts'
import { writeObject } from './objects/write-object.ts'
import { s3Parts } from './uploads/s3-parts.ts'
import { sweepUploads } from './uploads/sweep-uploads.ts'

export interface S3Blobs extends Blobs {
  /** Asks whether the bucket is there and may be used, for at most so many milliseconds. Refuses with `storage.bytes-unavailable`. */
  probe(within: number): Promise<void>
}

/** Waits for nothing: a store that is away refuses what is asked of it, until it is back. */
export function openS3(config: S3Config, { largestCopy = LARGEST_COPY, patience = PATIENCE } = {}): S3Blobs {
  const store = connectStore(config, patience)
  return {
    write: async (id, bytes, limit) => await writeObject(store, id, bytes, limit),
    read: async (id, range) => await readObject(store, id, range),
    async pour(id, range, write) {
      const bytes = await readObject(store, id, range)
      if (bytes === null) return false
      let left = range.end - range.start + 1
      for await (const chunk of bytes as AsyncIterable<Buffer>) {
        left -= chunk.length
        await write(chunk)
      }
      if (left > 0) throw fewerBytes()
      return true
    },
    readWhole: async (id, size) => await readObjectWhole(store, id, size),
    stat: async (id) => await statObject(store, id),
    copy: async (from, to) => await copyObject(store, from, to, largestCopy),
    remove: async (ids) => await removeObjects(store, ids),
    list: () => listObjects(store),
    parts: s3Parts(store),
    sweepUnfinished: async (age, act = 'remove') => await sweepUploads(store, Date.now() - age, act),
    probe: async (within) => await probe(store, within),
    close: async () => store.close(),
  }
}

async function probe(store: Store, within: number): Promise<void> {
  const abortSignal = AbortSignal.timeout(within)
  // A HEAD would have no body to say why not.
  const command = new ListObjectsV2Command({ Bucket: store.bucket, Prefix: store.prefix, MaxKeys: 1 })
  await store.ask(async (client) => await client.send(command, { abortSignal }))
}
