// One bucket of an S3 store: how it is reached, and how what it says becomes ours.

import { S3Client } from '@aws-sdk/client-s3'

import type { BlobsConfig } from '../../../config.ts'
import type { BlobId } from '../../blobs.ts'
import { sendMd5OfBodies } from './md5-of-bodies.ts'
import { storeRefusal } from './store-refusal.ts'

export type S3Config = Extract<BlobsConfig, { readonly kind: 's3' }>

/** Milliseconds. */
const CONNECT_WITHIN = 3000
/** Milliseconds until the answer begins; a store copies 5 GB in this time. */
const ANSWER_WITHIN = 300_000
/** The same where bytes are read; then as long between two pieces of them. It may be asked three times. */
export const PATIENCE = 30_000
const SOCKETS = 256

/** What fails is a refusal with its cause; the client would write sentences to the console beside it. */
const silent = { debug() {}, info() {}, warn() {}, error() {} }

export interface Store {
  readonly bucket: string
  readonly prefix: string
  /** Milliseconds that the store may be silent to whoever reads from it. */
  readonly patience: number
  key(id: BlobId): string
  /** Runs what is sent to the store. Refuses with `storage.bytes-unavailable` and what else the store's answer means. */
  ask<Result>(work: (client: S3Client) => Promise<Result>): Promise<Result>
  close(): void
}

export function connectStore(config: S3Config, patience = PATIENCE): Store {
  const client = createClient(config)
  return {
    bucket: config.bucket,
    prefix: config.prefix,
    patience,
    key: (id) => `${config.prefix}${id}`,
    async ask(work) {
      try {
        return await work(client)
      } catch (error) {
        throw storeRefusal(error)
      }
    },
    close: () => client.destroy(),
  }
}

/** For what is sent in order to read: a store is not waited for as long as where it is given work. */
export function patienceOf({ patience }: Pick<Store, 'patience'>): { readonly requestTimeout: number } {
  return { requestTimeout: patience }
}

function createClient(config: S3Config): S3Client {
  const client = new S3Client({
    ...(config.endpoint === null ? {} : { endpoint: config.endpoint }),
    region: config.region,
    forcePathStyle: config.forcePathStyle,
    credentials: { accessKeyId: config.accessKeyId, secretAccessKey: config.secretAccessKey },
    // Stores other than Amazon's do not know the newer checksums.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    // A round trip that not every store answers; bodies are small and can be sent again.
    expectContinueHeader: false,
    maxAttempts: 3,
    logger: silent,
    requestHandler: {
      connectionTimeout: CONNECT_WITHIN,
      requestTimeout: ANSWER_WITHIN,
      throwOnRequestTimeout: true,
      httpAgent: { keepAlive: true, maxSockets: SOCKETS },
      httpsAgent: { keepAlive: true, maxSockets: SOCKETS },
    },
  })
  sendMd5OfBodies(client)
  return client
}
