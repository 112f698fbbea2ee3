// One process of several that open the door over one database and one place of bytes: nothing is shared but what is outside
// of it.

import { S3Client } from '@aws-sdk/client-s3'
import type { TestDatabase } from '@tenon/testing'
import fastify from 'fastify'
import { Client } from 'pg'
import { pino } from 'pino'

import { openDatabase } from '../../../database/pipeline/open-database.ts'
import { openSessionLocks } from '../../../database/pool/session-locks.ts'
import type { Identity } from '../../../identity/identity.ts'
import { storageDatabase } from '../../access/storage-database.ts'
import type { Blobs } from '../../blobs/blobs.ts'
import { openFiles } from '../../blobs/files/open-files.ts'
import { openGrowingFiles } from '../../blobs/files/resumable/open-growing-files.ts'
import type { StorageConfig } from '../../config.ts'
import { storageDoor } from '../../door/storage-door.ts'
import { createUploads } from '../../objects/placing/create-uploads.ts'
import { createSignedTokens } from '../../signed/create-signed-tokens.ts'
import { s3Area } from '../s3-area.ts'

const CHANNEL = 'test_s3_uploads'
const keys = {
  service: { accessKeyId: 'id', secretAccessKey: 'secret' },
  serviceKey: 'key',
  projectIds: [],
  publicKeys: [],
}
const identity = { role: 'service_role', subject: null, claimsJson: '{"role":"service_role"}' } as Identity

export interface TestProcess extends AsyncDisposable {
  /** Signs as the service. */
  readonly client: S3Client
  /** What its log has to say. */
  readonly said: readonly string[]
}

/** With its bytes in `folder`, the place of which `change` makes another. */
export async function openProcess(
  database: TestDatabase,
  folder: string,
  change: (files: Blobs) => Blobs = (files) => files,
): Promise<TestProcess> {
  const url = database.url('supabase_storage_admin')
  const pool = openDatabase({ url, size: 4 })
  const files = await openFiles(folder)
  const growing = await openGrowingFiles(folder)
  const locks = openSessionLocks({ url, channel: CHANNEL })
  const blobs = change(files)
  const said: string[] = []
  const s3Protocol = { enabled: true, region: 'local' }
  const config = { fileSizeLimit: 100_000_000, uploadExpiry: 3600, s3Protocol } as StorageConfig
  const storage = storageDatabase(pool)
  const log = pino(
    { level: 'warn' },
    { write: (line: string) => void said.push((JSON.parse(line) as { msg: string }).msg) },
  )
  const uploads = createUploads({ config, database: storage, blobs, log })
  const signed = createSignedTokens('secret')
  const deps = { config, database: storage, blobs, growing, locks, uploads, signed, now: Date.now, log }
  const area = s3Area(keys, false)
  const door = storageDoor({ ...deps, identify: async () => identity }, [area], { whyDenied: null, version: 'test' })
  const server = fastify()
  await server.register(door, { prefix: '/storage/v1' })
  const client = clientOf(await server.listen({ port: 0, host: '127.0.0.1' }))
  return {
    client,
    said,
    async [Symbol.asyncDispose]() {
      client.destroy()
      for (const part of [server, locks, growing, files, pool]) await part.close()
    },
  }
}

function clientOf(origin: string): S3Client {
  return new S3Client({
    endpoint: `${origin}/storage/v1/s3`,
    region: 'local',
    forcePathStyle: true,
    credentials: keys.service,
    maxAttempts: 1,
  })
}

/** `asked` resolves once a process asks others for a lock that it waits for. */
export async function listenForAsking(database: TestDatabase): Promise<AsyncDisposable & { asked: Promise<void> }> {
  const listener = new Client({ connectionString: database.url() })
  await listener.connect()
  const { promise, resolve } = Promise.withResolvers<void>()
  listener.on('notification', () => resolve())
  await listener.query(`listen ${CHANNEL}`)
  return { asked: promise, [Symbol.asyncDispose]: async () => await listener.end() }
}
