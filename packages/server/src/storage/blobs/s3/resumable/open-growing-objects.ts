// Growing blobs as uploads in parts of an S3 store.

import { Refusal } from '../../../../refusal/refusal.ts'
import type { BlobId } from '../../blobs.ts'
import type { GrowingBlobs } from '../../growing-blobs.ts'
import { connectStore, PATIENCE, type S3Config, type Store } from '../client/store.ts'
import { removeKeys } from '../objects/remove-objects.ts'
import { abortUpload } from '../uploads/store-upload.ts'
import { appendToObject, type PartSizes } from './append-to-object.ts'
import { finishedObject, finishObject } from './finish-object.ts'
import { type Growth, growthKey, NOTHING, readGrowth, sizeOf, writeGrowth } from './growth.ts'
import { sweepGrowths } from './sweep-growths.ts'

const MEBIBYTE = 1024 * 1024

/** 70 GiB come in pieces of any size; 10,000 parts are the most. */
const PART_SIZES: PartSizes = {
  smallest: 5 * MEBIBYTE,
  loose: 9000,
  full: (number) => (number <= 9000 ? 8 * MEBIBYTE : 1024 * MEBIBYTE),
}

export interface GrowingObjects extends GrowingBlobs {
  close(): Promise<void>
}

/** Waits for nothing: a store that is away refuses what is asked of it, until it is back. */
export function openGrowingObjects(
  config: S3Config,
  { sizes = PART_SIZES, patience = PATIENCE }: { readonly sizes?: PartSizes; readonly patience?: number } = {},
): GrowingObjects {
  const store = connectStore(config, patience)
  return {
    begin: async (id) => await writeGrowth(store, id, NOTHING),
    async size(id) {
      const growth = await readGrowth(store, id)
      return growth === null ? ((await finishedObject(store, id))?.size ?? null) : sizeOf(growth)
    },
    async append(id, offset, bytes) {
      const growth = await readGrowth(store, id)
      if (growth === null) throw new Refusal('storage.upload-not-found', {})
      if (sizeOf(growth) !== offset) throw new Refusal('storage.locked', { what: 'The upload' })
      return await appendToObject(store, id, growth, bytes, sizes)
    },
    async finish(id) {
      const growth = await readGrowth(store, id)
      if (growth === null) return await finishedObject(store, id)
      const written = await finishObject(store, id, growth)
      await forget(store, id, growth)
      return written
    },
    abort: async (id) => await abort(store, id),
    sweep: async (age) => await sweepGrowths(store, Date.now() - age, async (id) => await abort(store, id)),
    close: async () => store.close(),
  }
}

async function abort(store: Store, id: BlobId): Promise<void> {
  const growth = await readGrowth(store, id)
  if (growth === null) return
  if (growth.upload !== null) await abortUpload(store, { key: store.key(id), upload: growth.upload })
  await forget(store, id, growth)
}

async function forget(store: Store, id: BlobId, { tail }: Growth): Promise<void> {
  await removeKeys(store, [growthKey(store, id), ...(tail === null ? [] : [tail.key])])
}
