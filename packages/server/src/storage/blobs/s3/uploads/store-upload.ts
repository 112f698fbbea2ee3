// The steps of an upload in parts, as the store has them.

import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3'
import { hash } from 'node:crypto'
import type { Readable } from 'node:stream'

import { Refusal } from '../../../../refusal/refusal.ts'
import type { BlobId, CompletedPart } from '../../blobs.ts'
import { isUnsupported } from '../client/store-refusal.ts'
import type { Store } from '../client/store.ts'
import { etagOf } from './etag-of.ts'
import { firstMissing } from './parts-of.ts'

export interface StoreUpload {
  readonly key: string
  readonly upload: string
}

export async function beginUpload(store: Store, id: BlobId): Promise<StoreUpload> {
  const key = store.key(id)
  const command = new CreateMultipartUploadCommand({ Bucket: store.bucket, Key: key })
  const { UploadId } = await store.ask(async (client) => await client.send(command))
  if (UploadId === undefined)
    throw new Refusal('storage.bytes-unavailable', { reason: 'The store of the bytes begins no upload' })
  return { key, upload: UploadId }
}

/** Sends a part that is in memory; its entity tag. */
export async function sendPart(store: Store, to: StoreUpload, number: number, bytes: Buffer): Promise<string> {
  const ContentMD5 = hash('md5', bytes, 'base64')
  const command = new UploadPartCommand({ ...target(store, to), PartNumber: number, Body: bytes, ContentMD5 })
  return etagOf((await store.ask(async (client) => await client.send(command))).ETag)
}

/** Sends a part whose size is known; its entity tag. */
export async function streamPart(
  store: Store,
  to: StoreUpload,
  number: number,
  { body, size, md5 }: { readonly body: Readable; readonly size: number; readonly md5: string },
): Promise<string> {
  const ContentMD5 = Buffer.from(md5, 'hex').toString('base64')
  const part = { ...target(store, to), PartNumber: number, Body: body, ContentLength: size, ContentMD5 }
  return etagOf((await store.ask(async (client) => await client.send(new UploadPartCommand(part)))).ETag)
}

/** Refuses with `storage.part-invalid` and `storage.upload-not-found`. */
export async function completeUpload(store: Store, to: StoreUpload, parts: readonly CompletedPart[]): Promise<void> {
  const Parts = parts.map(({ number, etag }) => ({ PartNumber: number, ETag: `"${etag}"` }))
  const command = new CompleteMultipartUploadCommand({ ...target(store, to), MultipartUpload: { Parts } })
  try {
    await store.ask(async (client) => await client.send(command))
  } catch (error) {
    const number = isInvalidPart(error) ? await firstMissing(store, to, parts) : null
    throw number === null ? error : new Refusal('storage.part-invalid', { number }, { cause: error })
  }
}

function isInvalidPart(error: unknown): boolean {
  return error instanceof Refusal && error.cause instanceof Error && error.cause.name === 'InvalidPart'
}

/** One that is over is none to abort; a store that cannot, keeps what it has. */
export async function abortUpload(store: Store, to: StoreUpload): Promise<void> {
  try {
    await store.ask(async (client) => await client.send(new AbortMultipartUploadCommand(target(store, to))))
  } catch (error) {
    if (isUnsupported(error) || (error instanceof Refusal && error.code === 'storage.upload-not-found')) return
    throw error
  }
}

function target(store: Store, { key, upload }: StoreUpload): { Bucket: string; Key: string; UploadId: string } {
  return { Bucket: store.bucket, Key: key, UploadId: upload }
}
