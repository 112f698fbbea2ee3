// Reads objects of the store, whole or in part.

import { GetObjectCommand, type GetObjectCommandOutput, HeadObjectCommand } from '@aws-sdk/client-s3'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'

import type { BlobId, ByteRange, StoredBlob } from '../../blobs.ts'
import { fewerBytes } from '../../fewer-bytes.ts'
import { isMissing, statusOf } from '../client/store-refusal.ts'
import { patienceOf, type Store } from '../client/store.ts'
import { heldBy, received } from './received.ts'

/** Null where there is no such object. */
export async function readObject(store: Store, id: BlobId, range?: ByteRange): Promise<Readable | null> {
  const Range = range === undefined ? undefined : `bytes=${range.start}-${range.end}`
  const answer = await whereThere(
    store,
    async (client) =>
      await client.send(new GetObjectCommand({ Bucket: store.bucket, Key: store.key(id), Range }), patienceOf(store)),
  )
  if (answer === null) return null
  if (answer === 'beyond' || !(answer.Body instanceof Readable)) return Readable.from([], { objectMode: false })
  const bytes = received(answer.Body, store.patience)
  return range === undefined ? bytes : rangeOf(bytes, answer, range)
}

/** All its bytes, which must be `size`; null where there is no such object. */
export async function readObjectWhole(store: Store, id: BlobId, size: number): Promise<Buffer | null> {
  const stream = await readObject(store, id)
  if (stream === null) return null
  const bytes = await buffer(stream)
  if (bytes.length >= size) return bytes.subarray(0, size)
  throw fewerBytes()
}

/** Null where there is no such object. */
export async function statObject(store: Store, id: BlobId): Promise<StoredBlob | null> {
  const answer = await whereThere(
    store,
    async (client) =>
      await client.send(new HeadObjectCommand({ Bucket: store.bucket, Key: store.key(id) }), patienceOf(store)),
  )
  if (answer === null || answer === 'beyond') return null
  return { id, size: answer.ContentLength ?? 0, writtenAt: answer.LastModified?.getTime() ?? 0 }
}

/** Null for what is not there, `beyond` for a range past the end of what is. */
async function whereThere<Result>(
  store: Store,
  work: Parameters<typeof store.ask<Result>>[0],
): Promise<Result | 'beyond' | null> {
  return await store.ask<Result | 'beyond' | null>(async (client) => {
    try {
      return await work(client)
    } catch (error) {
      if (isMissing(error)) return null
      if (statusOf(error) === 416) return 'beyond'
      throw error
    }
  })
}

/** Stores that know less of ranges answer with more than was asked; the rest of it is left out. */
function rangeOf(body: Readable, answer: GetObjectCommandOutput, { start, end }: ByteRange): Readable {
  const [, first] = /^bytes (\d+)-/.exec(answer.ContentRange ?? '') ?? []
  const skip = start - Number(first ?? 0)
  const wanted = end - start + 1
  if (skip === 0 && (answer.ContentLength ?? 0) <= wanted) return body
  return heldBy(Readable.from(cut(body, skip, wanted), { objectMode: false }), body)
}

async function* cut(body: Readable, skip: number, wanted: number): AsyncGenerator<Buffer> {
  let at = 0
  for await (const chunk of body as AsyncIterable<Buffer>) {
    const piece = chunk.subarray(Math.max(0, skip - at), Math.max(0, skip + wanted - at))
    at += chunk.length
    if (piece.length > 0) yield piece
    if (at >= skip + wanted) return
  }
}
