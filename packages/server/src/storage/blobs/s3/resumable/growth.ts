// How far a growing blob has come in the store: an object of its own, written after each of the bytes it tells of, so that it
// never says more than is there.

import { DeleteObjectsCommand, GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { hash } from 'node:crypto'

import type { BlobId, CompletedPart } from '../../blobs.ts'
import { statusOf } from '../client/store-refusal.ts'
import type { Store } from '../client/store.ts'

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
      const { Body } = await client.send(command)
      return Body === undefined ? null : (JSON.parse(await Body.transformToString()) as Growth)
    } catch (error) {
      if (statusOf(error) === 404 && (error as Error).name !== 'NoSuchBucket') return null
      throw error
    }
  })
}

export async function writeGrowth(store: Store, id: BlobId, growth: Growth): Promise<void> {
  const Body = JSON.stringify(growth)
  const ContentMD5 = hash('md5', Body, 'base64')
  const command = new PutObjectCommand({ Bucket: store.bucket, Key: growthKey(store, id), Body, ContentMD5 })
  await store.ask(async (client) => await client.send(command))
}

export async function removeKeys(store: Store, keys: readonly string[]): Promise<void> {
  if (keys.length === 0) return
  const Delete = { Objects: keys.map((Key) => ({ Key })), Quiet: true }
  const command = new DeleteObjectsCommand({ Bucket: store.bucket, Delete })
  await store.ask(async (client) => await client.send(command))
}
