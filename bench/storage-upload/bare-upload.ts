// The contestant of `storage-upload`: nothing but node:http, the statements of an upload and one synced write. What it sends
// to Postgres is what Storage sends, by the same port.

import { createServer, type IncomingMessage } from 'node:http'
import { createHash } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { openDatabase } from '../../packages/server/src/database/pipeline/open-database.ts'
import type { Caller } from '../../packages/server/src/storage/access/caller.ts'
import { storageDatabase } from '../../packages/server/src/storage/access/storage-database.ts'
import {
  bucketForUpload,
  placeObject,
  probeObject,
} from '../../packages/server/src/storage/objects/sql/place-object.ts'
import type { WantedUpload } from '../../packages/server/src/storage/objects/uploads.ts'
import { announcePort, contestantOptions } from '../rest-read/contestant.ts'

export interface BareUpload {
  readonly folder: string
  readonly caller: Caller
}

const options = contestantOptions() as ReturnType<typeof contestantOptions> & BareUpload
const { folder, caller } = options
/** Seconds. */
const EXPIRY = 86_400
const database = storageDatabase(openDatabase({ url: options.databaseUrl, size: options.pool }))

async function take(name: string, request: IncomingMessage): Promise<void> {
  const wanted: WantedUpload = {
    bucket: 'bench',
    name,
    contentType: 'application/octet-stream',
    cacheControl: 'no-cache',
    userMetadata: null,
    upsert: true,
    size: Number(request.headers['content-length']),
    operation: 'storage.object.upload',
  }
  const ownerId = caller.identity.subject
  await Promise.all([
    database.asOwner([bucketForUpload(wanted, EXPIRY)]),
    database.asCaller(caller, {
      operation: wanted.operation,
      statements: [probeObject(wanted, ownerId)],
      end: 'rollback',
    }),
  ])
  const bytes = Buffer.concat((await request.toArray()) as Buffer[])
  const version = crypto.randomUUID()
  await writeFile(join(folder, version), bytes, { flush: true })
  const metadata = {
    eTag: `"${createHash('md5').update(bytes).digest('hex')}"`,
    size: bytes.length,
    mimetype: 'application/octet-stream',
    cacheControl: 'no-cache',
    lastModified: new Date().toISOString(),
    contentLength: bytes.length,
    httpStatusCode: 200,
  }
  await database.asOwner([placeObject(wanted, ownerId, version, metadata, { id: null, replaces: null })])
}

const server = createServer((request, response) => {
  take((request.url ?? '').slice('/storage/v1/object/bench/'.length), request).then(
    () => response.end('{}'),
    (error: unknown) => response.writeHead(500).end(String(error)),
  )
})

announcePort(server)
