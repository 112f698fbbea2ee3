// Storage of a project: the place of the bytes, a pool of connections as the owner of their rows, and the door.

import type { FastifyPluginAsync } from 'fastify'
import type { Logger } from 'pino'

import { openDatabase } from '../../database/pipeline/open-database.ts'
import type { ConnectionOptions } from '../../database/pool/connection-options.ts'
import { openSessionLocks } from '../../database/pool/session-locks.ts'
import type { Identify } from '../../identity/identity.ts'
import { explainedDatabase } from '../../storage/access/denial/explained-database.ts'
import { createWhyDenied, type WhyDenied } from '../../storage/access/denial/why-denied.ts'
import { storageDatabase, type StorageDatabase } from '../../storage/access/storage-database.ts'
import { addBucketRoutes } from '../../storage/buckets/add-bucket-routes.ts'
import { setUpBuckets } from '../../storage/buckets/configured/set-up-buckets.ts'
import type { StorageConfig } from '../../storage/config.ts'
import type { StorageArea, StorageDeps } from '../../storage/door/storage-deps.ts'
import { storageDoor } from '../../storage/door/storage-door.ts'
import { addImageRoutes } from '../../storage/images/add-image-routes.ts'
import { addCopyRoute } from '../../storage/objects/copy/add-copy-route.ts'
import { addDownloadRoutes } from '../../storage/objects/download/add-download-routes.ts'
import { addInfoRoutes } from '../../storage/objects/info/add-info-routes.ts'
import { addListRoutes } from '../../storage/objects/list/add-list-routes.ts'
import { addMoveRoute } from '../../storage/objects/move/add-move-route.ts'
import { createUploads } from '../../storage/objects/placing/create-uploads.ts'
import { addRemoveRoutes } from '../../storage/objects/remove/add-remove-routes.ts'
import { addSignedUploadRoutes } from '../../storage/objects/upload/add-signed-upload-routes.ts'
import { addSignRoutes } from '../../storage/objects/sign/add-sign-routes.ts'
import { addUploadRoutes } from '../../storage/objects/upload/add-upload-routes.ts'
import type { S3Keys } from '../../storage/s3/credentials/s3-keys.ts'
import { s3Area } from '../../storage/s3/s3-area.ts'
import { resumableArea } from '../../storage/resumable/resumable-area.ts'
import { createSignedTokens } from '../../storage/signed/create-signed-tokens.ts'
import { keepSweeping } from '../../storage/sweep/keep-sweeping.ts'
import { type Closers, openTogether } from '../closers.ts'
import { openBlobs } from './storage/open-blobs.ts'
import { openGrowing } from './storage/open-growing.ts'
import { openResumableSweep } from './storage/open-resumable-sweep.ts'

interface StorageParts {
  readonly config: StorageConfig
  readonly identify: Identify
  /** Tell clients what to change where they are refused. */
  readonly explain: boolean
  /** Logs in as the owner of schema storage. */
  readonly connection: ConnectionOptions
  readonly poolSize: number
  /** Of the server. */
  readonly version: string
  readonly jwtSecret: string
  readonly s3: S3Keys
  readonly log: Logger
}

export interface OpenStorage {
  readonly door: FastifyPluginAsync
  /** Sentences for whoever started the server. */
  readonly notices: readonly string[]
  close(): Promise<void>
}

const areas: readonly StorageArea[] = [
  addBucketRoutes,
  addDownloadRoutes,
  addListRoutes,
  addMoveRoute,
  addCopyRoute,
  addRemoveRoutes,
  addImageRoutes,
  addUploadRoutes,
  addSignedUploadRoutes,
  addInfoRoutes,
  addSignRoutes,
]

/** Opens Storage. Where one of its parts does not open, those before it are closed again. */
export async function openStorage(parts: StorageParts): Promise<OpenStorage> {
  return await openTogether(
    async (closers) => await openParts(parts, closers),
    (part, err) => parts.log.error({ part, err }, 'a part of Storage did not close'),
  )
}

async function openParts(parts: StorageParts, closers: Closers): Promise<Omit<OpenStorage, 'close'>> {
  const { config, identify, explain, jwtSecret, s3, version, log } = parts
  const { blobs, notices } = await openBlobs(config.blobs)
  closers.add('blobs', async () => await blobs.close())
  const growing = await openGrowing(config.blobs)
  closers.add('growing blobs', async () => await growing.close())
  const locks = openSessionLocks({ ...parts.connection, channel: 'tenon_storage_uploads' })
  closers.add('locks', async () => await locks.close())
  const { database, whyDenied } = openOwnDatabase(parts, closers)
  const uploads = createUploads({ config, database, blobs, log })
  const signed = createSignedTokens(jwtSecret)
  const deps: StorageDeps = { config, database, blobs, growing, locks, uploads, signed, identify, now: Date.now, log }
  const buckets = await setUpBuckets(deps, 'made')
  const uploadsSweep = openResumableSweep(deps)
  closers.add('sweep of resumable uploads', async () => await uploadsSweep.close())
  const sweeping = keepSweeping({ config, database, blobs, now: Date.now, log })
  closers.add('sweep', async () => await sweeping.stop())
  return {
    door: storageDoor(deps, [...areas, resumableArea(explain), s3Area(s3, explain)], { whyDenied, version }),
    notices: [...notices, ...buckets.notices],
  }
}

/** A pool of connections as the owner of the rows, and what explains denials where clients are to be told. */
function openOwnDatabase(
  { connection, poolSize, explain }: StorageParts,
  closers: Closers,
): { readonly database: StorageDatabase; readonly whyDenied: WhyDenied | null } {
  const pool = openDatabase({ ...connection, size: poolSize })
  closers.add('database', async () => await pool.close())
  const asked = storageDatabase(pool)
  if (!explain) return { database: asked, whyDenied: null }
  const whyDenied = createWhyDenied({ database: pool, now: Date.now })
  return { database: explainedDatabase(asked, whyDenied), whyDenied }
}
