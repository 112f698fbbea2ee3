// How far a growing blob has come in the store: an object of its own, written after each of the bytes it tells of, so that it
// never says more than is there.

import { GetObjectCommand } from '@aws-sdk/client-s3'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'

import type { BlobId, CompletedPart } from '../../blobs.ts'
import { isMissing } from '../client/store-refusal.ts'
import { patienceOf, type Store } from '../client/store.ts'
import { received } from '../objects/received.ts'
import { putWhole } from '../objects/put-whole.ts'

export interface Growth {
  /** The store's name of the upload in parts; null where there is no part yet. */
  readonly upload: string | null
  readonly parts: readonly (CompletedPart & { readonly size: number })[]
  /** What was too little for a part; null for nothing. */
  readonly tail: Tail | null
}

export interface Tail {
  readonly key: string
  readonly size: number
}

export const NOTHING: Growth = { upload: null, parts: [], tail: null }

export function growthKey({ prefix }: Store, id: BlobId): string {
  return `${prefix}growing/${id}`
}

export function sizeOf({ parts, tail }: Growth): number {
  return parts.reduce((sum, { size }) => sum + size, tail?.size ?? 0)
}

/** Null where there is none. */
export async function readGrowth(store: Store, id: BlobId): Promise<Growth | null> {
  const command = new GetObjectCommand({ Bucket: store.bucket, Key: growthKey(store, id) })
  return await store.ask(async (client) => {
    try {
      const { Body } = await client.send(command, patienceOf(store))
      return Body instanceof Readable ? (JSON.parse(await text(received(Body, store.patience))) as Growth) : null
    } catch (error) {
      if (isMissing(error)) return null
      throw error
    }
  })
}

export async function writeGrowth(store: Store, id: BlobId, growth: Growth): Promise<void> {
  await putWhole(store, growthKey(store, id), Buffer.from(JSON.stringify(growth)))
}
