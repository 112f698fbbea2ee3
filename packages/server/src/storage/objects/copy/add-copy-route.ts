// Copying an object to another name, or to another bucket: read and written as the policies say.

import type { FastifyRequest } from 'fastify'
import { z } from 'zod'

import { callerOf } from '../../door/caller-of.ts'
import { readJson } from '../../door/read-json.ts'
import type { StorageArea } from '../../door/storage-deps.ts'
import { checkObjectKey } from '../../names/object-key.ts'
import type { ObjectRow } from '../../rows/object-row.ts'
import { printObject } from '../../rows/print-object.ts'
import { readUserMetadataHeader } from '../upload/incoming-file.ts'
import type { WantedUpload } from '../uploads.ts'
import { copyBytes } from './copy-bytes.ts'
import { findSource } from './find-source.ts'

const body = z.object({
  sourceKey: z.string(),
  bucketId: z.string(),
  destinationBucket: z.string().optional(),
  destinationKey: z.string(),
  metadata: z.object({ cacheControl: z.string().optional(), mimetype: z.string().optional() }).optional(),
  copyMetadata: z.boolean().optional(),
})

type CopyBody = z.infer<typeof body>

/** Adds `POST /object/copy`. */
export const addCopyRoute: StorageArea = (fastify, deps) => {
  fastify.post('/object/copy', async (request: FastifyRequest) => {
    const caller = await callerOf(request, deps.identify)
    const said = await readJson(request, body)
    checkObjectKey(said.destinationKey)
    const from = { bucket: said.bucketId, name: said.sourceKey }
    const find = async (): Promise<ObjectRow> => await findSource(deps.database, caller, from, 'storage.object.copy')
    const source = await find()
    const admitted = await deps.uploads.admit(caller, wantedCopy(request, said, source))
    const row = await copyBytes(deps, source, admitted, find)
    return { Id: row.id, Key: `${row.bucketId}/${row.name}`, ...printObject(row) }
  })
}

/** Without `copyMetadata` what the request leaves open stays as it is at the source, but for the metadata of the user's own. */
function wantedCopy(request: FastifyRequest, said: CopyBody, source: ObjectRow): WantedUpload {
  const { destinationBucket = '', copyMetadata = true } = said
  const given = copyMetadata ? undefined : said.metadata
  return {
    bucket: destinationBucket === '' ? said.bucketId : destinationBucket,
    name: said.destinationKey,
    contentType: given?.mimetype ?? source.metadata?.mimetype ?? null,
    cacheControl: given?.cacheControl ?? source.metadata?.cacheControl ?? 'no-cache',
    userMetadata: copyMetadata ? source.userMetadata : readUserMetadataHeader(request.headers['x-metadata']),
    upsert: request.headers['x-upsert'] === 'true',
    size: source.metadata?.size ?? null,
    operation: 'storage.object.copy',
  }
}
