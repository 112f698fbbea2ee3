// The parts that the store has of an upload under way.

import { ListPartsCommand, type Part } from '@aws-sdk/client-s3'

import type { CompletedPart } from '../../blobs.ts'
import type { Store } from '../client/store.ts'
import { etagOf } from './etag-of.ts'

interface Target {
  readonly key: string
  readonly upload: string
}

/** A page at a time. */
export async function* partsOf(store: Store, { key, upload }: Target): AsyncGenerator<Part> {
  for (let marker: string | undefined, more = true; more;) {
    const command = new ListPartsCommand({
      Bucket: store.bucket,
      Key: key,
      UploadId: upload,
      ...(marker === undefined ? {} : { PartNumberMarker: marker }),
    })
    const page = await store.ask(async (client) => await client.send(command))
    yield* page.Parts ?? []
    marker = page.NextPartNumberMarker
    more = page.IsTruncated === true && marker !== undefined
  }
}

/** The number of the first of these that the store has not, or has as another; null where it has them all. */
export async function firstMissing(
  store: Store,
  upload: Target,
  parts: readonly CompletedPart[],
): Promise<number | null> {
  const there = new Map<number, string>()
  for await (const { PartNumber = 0, ETag } of partsOf(store, upload)) there.set(PartNumber, etagOf(ETag))
  return parts.find(({ number, etag }) => there.get(number) !== etag)?.number ?? null
}
