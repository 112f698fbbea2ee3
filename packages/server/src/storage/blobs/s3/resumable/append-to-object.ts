// Adds to a growing blob in a store. Stores take parts of at least 5 MiB, but for the last one: what is less waits in an
// object beside it and goes before what comes next. Bytes lie on this machine's disk until the store has them.

import { PutObjectCommand } from '@aws-sdk/client-s3'
import type { Readable } from 'node:stream'

import { type BlobId, newBlobId } from '../../blobs.ts'
import { retried } from '../client/retried.ts'
import type { Store } from '../client/store.ts'
import { removeKeys } from '../objects/remove-objects.ts'
import { spool, type Spooled } from '../uploads/spool.ts'
import { beginUpload, streamPart } from '../uploads/store-upload.ts'
import { type Growth, growthKey, sizeOf, type Tail, writeGrowth } from './growth.ts'
import { piecesOf } from './pieces.ts'
import { readKey } from './read-key.ts'

export interface PartSizes {
  /** What the store takes. */
  readonly smallest: number
  /** Of the part of that number, where more is there. */
  readonly full: (number: number) => number
  /** Up to this number a part may be less than full. */
  readonly loose: number
}

/** The size then. Rejects with the stream's error once all that came before it is kept. */
export async function appendToObject(
  store: Store,
  id: BlobId,
  before: Growth,
  bytes: Readable,
  sizes: PartSizes,
): Promise<number> {
  const pieces = piecesOf(behind(store, before.tail, bytes))
  let growth = before
  for (let more = true; more;) {
    const number = growth.parts.length + 1
    const full = sizes.full(number)
    await using piece = await spool(pieces.take(full))
    more = piece.size === full
    if (piece.size > 0) growth = await keep(store, id, growth, piece, sizes)
  }
  const failure = pieces.failure()
  if (failure !== null) throw failure.error
  return sizeOf(growth)
}

async function* behind(store: Store, tail: Tail | null, bytes: Readable): AsyncGenerator<Buffer> {
  if (tail !== null) yield* await readKey(store, tail.key)
  yield* bytes.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>
}

/** A piece begins with the tail that was there. */
async function keep(
  store: Store,
  id: BlobId,
  before: Growth,
  piece: Spooled,
  { smallest, full, loose }: PartSizes,
): Promise<Growth> {
  const number = before.parts.length + 1
  const isPart = piece.size >= (number <= loose ? smallest : full(number))
  // Nothing new, or not even all of the tail: the store broke off.
  if (!isPart && before.tail !== null && piece.size <= before.tail.size) return before
  const growth = isPart ? await addPart(store, id, before, piece) : await replaceTail(store, id, before, piece)
  await writeGrowth(store, id, growth)
  if (before.tail !== null) await removeKeys(store, [before.tail.key])
  return growth
}

async function addPart(store: Store, id: BlobId, before: Growth, piece: Spooled): Promise<Growth> {
  const number = before.parts.length + 1
  const to = before.upload === null ? await beginUpload(store, id) : { key: store.key(id), upload: before.upload }
  const { size, md5 } = piece
  const etag = await retried(async () => await streamPart(store, to, number, { body: piece.open(), size, md5 }))
  return { upload: to.upload, parts: [...before.parts, { number, etag, size }], tail: null }
}

async function replaceTail(store: Store, id: BlobId, before: Growth, piece: Spooled): Promise<Growth> {
  const key = `${growthKey(store, id)}.${newBlobId()}`
  const ContentMD5 = Buffer.from(piece.md5, 'hex').toString('base64')
  const target = { Bucket: store.bucket, Key: key, ContentLength: piece.size, ContentMD5 }
  await retried(async () => {
    const command = new PutObjectCommand({ ...target, Body: piece.open() })
    return await store.ask(async (client) => await client.send(command))
  })
  return { ...before, tail: { key, size: piece.size } }
}
