// Forgets growing blobs of a store that were given up, and tails that nothing tells of any more.

import { ListObjectsV2Command } from '@aws-sdk/client-s3'

import { blobId, type BlobId } from '../../blobs.ts'
import type { Store } from '../client/store.ts'
import { removeKeys } from '../objects/remove-objects.ts'

/** Those to which nothing was written since `before`, in milliseconds since 1970; how many. */
export async function sweepGrowths(
  store: Store,
  before: number,
  abort: (id: BlobId) => Promise<void>,
): Promise<number> {
  const folder = `${store.prefix}growing/`
  let swept = 0
  for (let token: string | undefined, more = true; more;) {
    const command = new ListObjectsV2Command({ Bucket: store.bucket, Prefix: folder, ContinuationToken: token })
    const page = await store.ask(async (client) => await client.send(command))
    for (const { Key = '', LastModified } of page.Contents ?? []) {
      if ((LastModified?.getTime() ?? before) >= before) continue
      const id = blobId(Key.slice(folder.length))
      await (id === null ? removeKeys(store, [Key]) : abort(id))
      swept += id === null ? 0 : 1
    }
    token = page.NextContinuationToken
    more = token !== undefined
  }
  return swept
}
