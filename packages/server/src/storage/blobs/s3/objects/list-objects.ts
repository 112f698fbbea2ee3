// Goes through the objects of the store that are blobs.

import { ListObjectsV2Command } from '@aws-sdk/client-s3'

import { blobId, type StoredBlob } from '../../blobs.ts'
import type { Store } from '../client/store.ts'

/** A page at a time. Refuses with `storage.bytes-unavailable`. */
export async function* listObjects(store: Store): AsyncGenerator<StoredBlob> {
  let token: string | undefined
  do {
    const command = new ListObjectsV2Command({
      Bucket: store.bucket,
      Prefix: store.prefix,
      ...(token === undefined ? {} : { ContinuationToken: token }),
    })
    const page = await store.ask(async (client) => await client.send(command))
    for (const { Key = '', Size = 0, LastModified } of page.Contents ?? []) {
      const id = blobId(Key.slice(store.prefix.length))
      if (id !== null) yield { id, size: Size, writtenAt: LastModified?.getTime() ?? 0 }
    }
    token = page.IsTruncated === true ? page.NextContinuationToken : undefined
  } while (token !== undefined)
}
