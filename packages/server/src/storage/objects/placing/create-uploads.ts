// How an object comes to its place: asked in the caller's name before a byte is read, written under an id of its own, and
// put in place by one statement.

import { Refusal } from '../../../refusal/refusal.ts'
import type { StorageDatabase } from '../../access/storage-database.ts'
import { type Blobs, newBlobId, type WrittenBlob } from '../../blobs/blobs.ts'
import type { StorageConfig } from '../../config.ts'
import type { ObjectMetadata } from '../../rows/object-row.ts'
import { type Cells, cellsOf, readBucket, readObject } from '../../rows/read-rows.ts'
import { bucketForUpload, placeObject, probeObject } from '../sql/place-object.ts'
import type { AdmittedUpload, Uploads, WantedUpload } from '../uploads.ts'

interface UploadsDeps {
  readonly config: StorageConfig
  readonly database: StorageDatabase
  readonly blobs: Blobs
}

export function createUploads({ config, database, blobs }: UploadsDeps): Uploads {
  const admitUnasked: Uploads['admitUnasked'] = async (ownerId, wanted) => {
    const [bucket] = cellsOf((await database.asOwner([bucketForUpload(wanted.bucket)]))[0])
    return admitted(config, wanted, ownerId, bucket)
  }
  return {
    admitUnasked,
    async admit(caller, wanted) {
      const ownerId = caller.identity.subject
      const admission = await admitUnasked(ownerId, wanted)
      const metadata = { mimetype: wanted.contentType, contentLength: wanted.size, cacheControl: wanted.cacheControl }
      const { operation } = wanted
      const statements = [probeObject(wanted, ownerId, metadata)]
      await database.asCaller(caller, { operation, statements, end: 'rollback' })
      return admission
    },
    async commit({ wanted, ownerId, version }, written, contentType) {
      const metadata = metadataOf(wanted, written, contentType)
      try {
        const [before, after] = await database.asOwner(placeObject(wanted, ownerId, version, metadata))
        const [replaced] = cellsOf(before).map((cells) => readObject(cells).version)
        if (replaced !== null && replaced !== undefined) await blobs.remove([replaced])
        return readObject(cellsOf(after)[0] ?? {})
      } catch (error) {
        await blobs.remove([version])
        throw error
      }
    },
  }
}

function admitted(
  config: StorageConfig,
  wanted: WantedUpload,
  ownerId: string | null,
  cells: Cells | undefined,
): AdmittedUpload {
  if (cells === undefined) throw new Refusal('storage.bucket-not-found', { bucket: wanted.bucket })
  const bucket = readBucket(cells)
  const limit = Math.min(config.fileSizeLimit, bucket.fileSizeLimit ?? config.fileSizeLimit)
  if (wanted.size !== null && wanted.size > limit) throw new Refusal('storage.too-large', { limit })
  return { wanted, bucket, ownerId, version: newBlobId(), limit }
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
  }
}
