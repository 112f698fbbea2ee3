// Objects that come in one request: `POST` makes one, `PUT` makes it or takes the place of what is there.

import type { FastifyReply, FastifyRequest } from 'fastify'

import type { StorageOperation } from '../../access/operations.ts'
import { callerOf } from '../../door/caller-of.ts'
import type { StorageArea, StorageDeps } from '../../door/storage-deps.ts'
import { receiveUpload } from './receive-upload.ts'

interface ObjectRoute {
  readonly Params: { readonly bucket: string; readonly '*': string }
}

/** Adds `POST` and `PUT /object/:bucket/*`. */
export const addUploadRoutes: StorageArea = (fastify, deps) => {
  fastify.post<ObjectRoute>('/object/:bucket/*', async (request, reply) => {
    const upsert = request.headers['x-upsert'] === 'true'
    return await serveUpload(request, reply, deps, upsert, 'storage.object.upload')
  })
  fastify.put<ObjectRoute>(
    '/object/:bucket/*',
    async (request, reply) => await serveUpload(request, reply, deps, true, 'storage.object.upload_update'),
  )
}

async function serveUpload(
  request: FastifyRequest<ObjectRoute>,
  reply: FastifyReply,
  deps: StorageDeps,
  upsert: boolean,
  operation: StorageOperation,
): Promise<FastifyReply> {
  const caller = await callerOf(request, deps.identify)
  const { bucket, '*': name } = request.params
  const row = await receiveUpload(request, deps, { bucket, name, upsert, operation }, (wanted) =>
    deps.uploads.admit(caller, wanted),
  )
  return await reply.send({ Id: row.id, Key: `${bucket}/${name}` })
}
