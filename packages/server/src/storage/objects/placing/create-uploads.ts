// How an object comes to its place: asked in the caller's name before a byte is read, written under an id of its own, and
// put in place by one statement.

import type { Logger } from 'pino'

import { isRefusal, Refusal } from '../../../refusal/refusal.ts'
import type { Caller } from '../../access/caller.ts'
import { isPassing, mayBeDone } from '../../access/passing.ts'
import type { StorageDatabase } from '../../access/storage-database.ts'
import { blobId, type Blobs, type WrittenBlob } from '../../blobs/blobs.ts'
import { discard } from '../../blobs/discard.ts'
import type { StorageConfig } from '../../config.ts'
import type { ObjectMetadata } from '../../rows/object-row.ts'
import { type Cells, cellsOf, readObject } from '../../rows/read-rows.ts'
import { bucketForUpload, placeObject, probeObject, stepsOfProbe } from '../sql/place-object.ts'
import type { AdmittedUpload, Retry, Uploads, WantedUpload } from '../uploads.ts'
import { admitByLimits, bucketNotFound, objectExists, replacedMeanwhile } from './admit-by-limits.ts'
import { checkMetadata } from './check-metadata.ts'
import { placeRefusal } from './place-refusal.ts'

/** Objects that may come and go at a place while one upload is put there. */
const MOST_TURNS = 10

/** Refusals of a place that others make room at, or leave alone. */
const MAY_BE_TAKEN_LATER: ReadonlySet<string> = new Set(['storage.quota-reached', 'storage.locked'])

interface UploadsDeps {
  readonly config: Pick<StorageConfig, 'fileSizeLimit' | 'uploadExpiry'>
  readonly database: StorageDatabase
  readonly blobs: Blobs
  readonly log: Logger
}

export function createUploads({ config, database, blobs, log }: UploadsDeps): Uploads {
  const look = async (wanted: WantedUpload): Promise<Cells | undefined> =>
    cellsOf((await database.asOwner([bucketForUpload(wanted, config.uploadExpiry)]))[0])[0]
  const ask = async (caller: Caller, wanted: WantedUpload): Promise<string | null> => {
    const { subject } = caller.identity
    const steps = stepsOfProbe(wanted, subject)
    const asked = { operation: wanted.operation, statements: [probeObject(wanted, subject)], steps }
    const [rows] = await database.asCaller(caller, { ...asked, end: 'rollback' })
    return cellsOf(rows)[0]?.['replaces'] ?? null
  }
  return {
    async admit(caller, wanted) {
      checkMetadata(wanted)
      // At once, on two connections: the one sees limits that the caller need not see.
      const [looked, asked] = await Promise.allSettled([look(wanted), ask(caller, wanted)])
      if (looked.status === 'rejected') throw looked.reason
      if (looked.value === undefined) throw bucketNotFound(wanted)
      // First, since limits tell of the bucket, and what a quota leaves tells of the object that is there.
      if (asked.status === 'rejected') throw placeRefusal(asked.reason, wanted)
      const replaces = asked.value
      const askAgain = async (): Promise<string | null> => await ask(caller, wanted)
      return admitByLimits(config, wanted, caller.identity.subject, looked.value, { replaces, askAgain })
    },
    async admitUnasked(ownerId, wanted, object) {
      checkMetadata(wanted)
      const looked = await look(wanted)
      const there = looked?.['object'] ?? null
      const replacing =
        object === undefined
          ? { replaces: there, askAgain: async () => (await look(wanted))?.['object'] ?? null }
          : { replaces: object, askAgain: null }
      const admitted = admitByLimits(config, wanted, ownerId, looked, replacing)
      if (!wanted.upsert && there !== null) throw objectExists(wanted)
      if (object !== undefined && there !== null && there !== object) throw replacedMeanwhile(wanted)
      return admitted
    },
    async commit(admitted, written, contentType, retry = 'from-the-beginning') {
      const { wanted, version } = admitted
      try {
        const cells = await place(database, admitted, metadataOf(wanted, written, contentType))
        await discard({ blobs, log }, [blobId(cells['replaced'] ?? null)])
        return readObject(cells)
      } catch (error) {
        const refusal = placeRefusal(error, wanted)
        if (isLost(refusal, retry)) await discard({ blobs, log }, [version])
        throw refusal
      }
    },
  }
}

/** What came to the place since the policies were asked is asked about, as often as something else is there. */
async function place(
  database: StorageDatabase,
  { wanted, ownerId, version, replaces, askAgain }: AdmittedUpload,
  metadata: ObjectMetadata,
): Promise<Cells> {
  const id = askAgain === null ? replaces : null
  let replaced = replaces
  for (let turn = 0; turn < MOST_TURNS; turn++) {
    const statement = placeObject(wanted, ownerId, version, metadata, { id, replaces: replaced })
    const [cells] = cellsOf((await database.asOwner([statement]))[0])
    if (cells !== undefined) return cells
    if (askAgain === null) throw replacedMeanwhile(wanted)
    replaced = await askAgain()
  }
  throw new Refusal('storage.locked', { what: 'The object' })
}

/** Whether no row names the bytes, nor will. */
function isLost(refusal: unknown, retry: Retry): boolean {
  if (!isRefusal(refusal) || mayBeDone(refusal)) return false
  return retry === 'from-the-beginning' || !(isPassing(refusal) || MAY_BE_TAKEN_LATER.has(refusal.code))
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
