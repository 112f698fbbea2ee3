// Aborts uploads that were abandoned: stores keep their parts, and bill them, for ever.

import { ListMultipartUploadsCommand, type MultipartUpload } from '@aws-sdk/client-s3'

import { blobId } from '../../blobs.ts'
import { isUnsupported } from '../client/store-refusal.ts'
import type { Store } from '../client/store.ts'
import { partsOf } from './parts-of.ts'
import { abortUpload, type StoreUpload } from './store-upload.ts'

/** Of those to which nothing was written since `limit`, milliseconds since 1970; how many. Or counts them alone. */
export async function sweepUploads(store: Store, limit: number, act: 'remove' | 'count'): Promise<number> {
  let found = 0
  for await (const { Key = '', UploadId = '', Initiated } of uploadsOf(store)) {
    const upload = { key: Key, upload: UploadId }
    const begun = Initiated?.getTime() ?? Number.POSITIVE_INFINITY
    if (begun >= limit || (await lastPartOf(store, upload)) >= limit) continue
    if (act === 'remove') await abortUpload(store, upload)
    found += 1
  }
  return found
}

async function* uploadsOf(store: Store): AsyncGenerator<MultipartUpload> {
  let markers = {}
  for (let more = true; more;) {
    const command = new ListMultipartUploadsCommand({ Bucket: store.bucket, Prefix: store.prefix, ...markers })
    const page = await store
      .ask(async (client) => await client.send(command))
      .catch((error: unknown) => {
        if (isUnsupported(error)) return null
        throw error
      })
    for (const upload of page?.Uploads ?? [])
      if (blobId((upload.Key ?? '').slice(store.prefix.length)) !== null) yield upload
    markers = { KeyMarker: page?.NextKeyMarker, UploadIdMarker: page?.NextUploadIdMarker }
    more = page?.IsTruncated === true
  }
}

/** When the newest part was written; 0 where there is none. */
async function lastPartOf(store: Store, upload: StoreUpload): Promise<number> {
  let newest = 0
  for await (const { LastModified } of partsOf(store, upload)) newest = Math.max(newest, LastModified?.getTime() ?? 0)
  return newest
}
