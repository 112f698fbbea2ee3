// The routes that answer with an object's bytes.

import type { StorageArea } from '../../door/storage-deps.ts'
import { serveObject } from './serve-object.ts'
import { byAnyone, byCaller, byPublic, type Reader } from './who-reads.ts'

/**
 * Adds `GET` and `HEAD /object/:bucket/*`, and the two that say first whose reading it is. The longer route goes first, so
 * that an object of a bucket called `public` is at `/object/authenticated/public/<name>`, and at `/object/public/<name>`
 * where its name has no slash; as upstream has it.
 */
export const addDownloadRoutes: StorageArea = (fastify, deps) => {
  const serve = (path: string, reader: Reader): void => {
    fastify.route({
      method: ['GET', 'HEAD'],
      url: path,
      handler: async (request, reply) => {
        const isHead = request.method === 'HEAD'
        const operation = isHead ? 'object.head_authenticated_info' : 'storage.object.get_authenticated'
        const find = await reader(request, deps, operation)
        return await serveObject(deps.blobs, { request, reply, find, expires: null })
      },
    })
  }
  serve('/object/:bucket/*', byAnyone)
  serve('/object/authenticated/:bucket/*', byCaller)
  serve('/object/public/:bucket/*', byPublic)
}
