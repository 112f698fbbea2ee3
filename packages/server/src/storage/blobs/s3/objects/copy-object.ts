// Copies objects within the store; no byte of them comes here.

import { CopyObjectCommand, UploadPartCopyCommand } from '@aws-sdk/client-s3'

import type { BlobId, CompletedPart } from '../../blobs.ts'
import type { Store } from '../client/store.ts'
import { etagOf } from '../uploads/etag-of.ts'
import { abortUpload, beginUpload, completeUpload, type StoreUpload } from '../uploads/store-upload.ts'
import { statObject } from './read-object.ts'

/** Bytes that stores copy in one request. */
export const LARGEST_COPY = 5 * 1024 ** 3

/** False where there is no such object. Larger ones than `largest` are copied in pieces of that size. */
export async function copyObject(store: Store, from: BlobId, to: BlobId, largest: number): Promise<boolean> {
  const found = await statObject(store, from)
  if (found === null) return false
  if (found.size > largest) return await copyInPieces(store, from, to, piecesOf(found.size, largest))
  const command = new CopyObjectCommand({ Bucket: store.bucket, Key: store.key(to), CopySource: sourceOf(store, from) })
  await store.ask(async (client) => await client.send(command))
  return true
}

async function copyInPieces(store: Store, from: BlobId, to: BlobId, pieces: readonly string[]): Promise<boolean> {
  const upload = await beginUpload(store, to)
  try {
    const parts: CompletedPart[] = []
    for (const [index, range] of pieces.entries())
      parts.push({ number: index + 1, etag: await copyPiece(store, upload, from, index + 1, range) })
    await completeUpload(store, upload, parts)
    return true
  } catch (error) {
    await abortUpload(store, upload).catch(() => undefined)
    throw error
  }
}

async function copyPiece(
  store: Store,
  upload: StoreUpload,
  from: BlobId,
  number: number,
  range: string,
): Promise<string> {
  const command = new UploadPartCopyCommand({
    Bucket: store.bucket,
    Key: upload.key,
    UploadId: upload.upload,
    PartNumber: number,
    CopySource: sourceOf(store, from),
    CopySourceRange: range,
  })
  const { CopyPartResult } = await store.ask(async (client) => await client.send(command))
  return etagOf(CopyPartResult?.ETag)
}

function piecesOf(size: number, largest: number): readonly string[] {
  return Array.from(
    { length: Math.ceil(size / largest) },
    (_, index) => `bytes=${index * largest}-${Math.min(size, (index + 1) * largest) - 1}`,
  )
}

function sourceOf(store: Store, id: BlobId): string {
  return encodeURI(`${store.bucket}/${store.key(id)}`)
}
