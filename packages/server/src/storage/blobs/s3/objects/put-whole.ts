// Puts what is in memory into the store, in one request.

import { PutObjectCommand } from '@aws-sdk/client-s3'
import { hash } from 'node:crypto'

import type { WrittenBlob } from '../../blobs.ts'
import type { Store } from '../client/store.ts'

/** Its etag is the MD5, which the store verifies. Refuses with `storage.bytes-unavailable`. */
export async function putWhole(store: Store, key: string, bytes: Buffer): Promise<WrittenBlob> {
  const ContentMD5 = hash('md5', bytes, 'base64')
  const command = new PutObjectCommand({ Bucket: store.bucket, Key: key, Body: bytes, ContentMD5 })
  await store.ask(async (client) => await client.send(command))
  return { size: bytes.length, etag: Buffer.from(ContentMD5, 'base64').toString('hex') }
}
