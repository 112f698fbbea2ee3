// Reads what lies in the store beside the blobs.

import { GetObjectCommand } from '@aws-sdk/client-s3'
import { Readable } from 'node:stream'

import { Refusal } from '../../../../refusal/refusal.ts'
import { patienceOf, type Store } from '../client/store.ts'
import { received } from '../objects/received.ts'

export async function readKey(store: Store, key: string): Promise<Readable> {
  const command = new GetObjectCommand({ Bucket: store.bucket, Key: key })
  const { Body } = await store.ask(async (client) => await client.send(command, patienceOf(store)))
  if (Body instanceof Readable) return received(Body, store.patience)
  throw new Refusal('storage.bytes-unavailable', { reason: 'The store of the bytes lost what it had' })
}
