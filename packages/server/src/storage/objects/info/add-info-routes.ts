// The routes that tell of an object without its bytes.

import type { StorageArea } from '../../door/storage-deps.ts'
import { factsOf } from '../download/headers/object-facts.ts'
import { byAnyone, byCaller, byPublic, type Reader } from '../download/who-reads.ts'
import { objectInfo } from './object-info.ts'

/** Adds `GET` and `HEAD /object/info/:bucket/*`, and the two that say first whose reading it is. */
export const addInfoRoutes: StorageArea = (fastify, deps) => {
  const tell = (path: string, reader: Reader): void => {
    fastify.route({
      method: ['GET', 'HEAD'],
      url: path,
      handler: async (request, reply) => {
        const find = await reader(request, deps, 'object.get_authenticated_info')
        const row = await find()
        const { etag, lastModified, cacheControl } = factsOf(row)
        if (etag !== '') reply.header('etag', etag)
        if (lastModified !== null) reply.header('last-modified', new Date(lastModified).toUTCString())
        return await reply.header('cache-control', cacheControl).send(objectInfo(row))
      },
    })
  }
  tell('/object/info/:bucket/*', byAnyone)
  tell('/object/info/authenticated/:bucket/*', byCaller)
  tell('/object/info/public/:bucket/*', byPublic)
}
