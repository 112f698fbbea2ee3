// How an object comes to its place: asked in the caller's name before a byte is read, written under an id of its own, and
// put in place by one statement.

import type { Logger } from 'pino'

import { isRefusal } from '../../../refusal/refusal.ts'
import { isPassing, mayBeDone } from '../../access/passing.ts'
import type { StorageDatabase } from '../../access/storage-database.ts'
import { blobId, type Blobs, type WrittenBlob } from '../../blobs/blobs.ts'
import { discard } from '../../blobs/discard.ts'
import type { StorageConfig } from '../../config.ts'
import type { ObjectMetadata } from '../../rows/object-row.ts'
import { type Cells, cellsOf, readObject } from '../../rows/read-rows.ts'
import { bucketForUpload, placeObject, probeObject } from '../sql/place-object.ts'
import type { Retry, Uploads, WantedUpload } from '../uploads.ts'
import { admitByLimits, objectExists } from './admit-by-limits.ts'
import { placeRefusal } from './place-refusal.ts'

interface UploadsDeps {
  readonly config: StorageConfig
  readonly database: StorageDatabase
  readonly blobs: Blobs
  readonly log: Logger
}

export function createUploads({ config, database, blobs, log }: UploadsDeps): Uploads {
  const look = async ({ bucket, name }: WantedUpload): Promise<Cells | undefined> =>
    cellsOf((await database.asOwner([bucketForUpload(bucket, name)]))[0])[0]
  return {
    async admit(caller, wanted) {
      const ownerId = caller.identity.subject
      const { operation } = wanted
      // At once, on two connections: the one sees limits that the caller need not see.
      const [looked, asked] = await Promise.allSettled([
        look(wanted),
        database.asCaller(caller, { operation, statements: [probeObject(wanted, ownerId)], end: 'rollback' }),
      ])
      if (looked.status === 'rejected') throw looked.reason
      const admitted = admitByLimits(config, wanted, ownerId, looked.value)
      if (asked.status === 'rejected') throw placeRefusal(asked.reason, wanted)
      return admitted
    },
    async admitUnasked(ownerId, wanted) {
      const looked = await look(wanted)
      const admitted = admitByLimits(config, wanted, ownerId, looked)
      if (!wanted.upsert && looked?.['present'] === 't') throw objectExists(wanted)
      return admitted
    },
    async commit({ wanted, ownerId, version }, written, contentType, retry = 'from-the-beginning') {
      try {
        const metadata = metadataOf(wanted, written, contentType)
        const [rows] = await database.asOwner([placeObject(wanted, ownerId, version, metadata)])
        const cells = cellsOf(rows)[0] ?? {}
        await discard({ blobs, log }, [blobId(cells['replaced'] ?? null)])
        return readObject(cells)
      } catch (error) {
        if (isLost(error, retry)) await discard({ blobs, log }, [version])
        throw placeRefusal(error, wanted)
      }
    },
  }
}

/** Whether no row names the bytes, nor will. */
function isLost(error: unknown, retry: Retry): boolean {
  if (!isRefusal(error) || mayBeDone(error)) return false
  return retry === 'from-the-beginning' || !isPassing(error)
}

function metadataOf(wanted: WantedUpload, { size, etag }: WrittenBlob, mimetype: string): ObjectMetadata {
  return {
    eTag: `"${etag}"`,
    size,
    mimetype,
    cacheControl: wanted.cacheControl,
    lastModified: new Date().toISOString(),
    contentLength: size,
    httpStatusCode: 200,
    ...(wanted.robotsTag === undefined ? {} : { xRobotsTag: wanted.robotsTag }),
  }
}
