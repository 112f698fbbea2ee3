// The routes that answer with an object's bytes.

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

import { callerOf } from '../../door/caller-of.ts'
import { optionalCallerOf } from '../../door/optional-caller.ts'
import type { StorageDeps } from '../../door/storage-deps.ts'
import type { ObjectRow } from '../../rows/object-row.ts'
import type { Place } from '../sql/read-object.ts'
import { findForCaller, findPublic } from './find-object.ts'
import { serveObject } from './serve-object.ts'

type Find = (request: FastifyRequest, deps: StorageDeps, place: Place) => Promise<() => Promise<ObjectRow>>

/**
 * GET and HEAD. What stands between `/object/` and the bucket goes first, so that an object of a bucket called `public`
 * is `/object/authenticated/public/<name>`, or `/object/public/<name>` where its name has no slash; as upstream has it.
 */
export function addDownloadRoutes(fastify: FastifyInstance, deps: StorageDeps): void {
  const read = (path: string, find: Find): void => {
    fastify.route({
      method: ['GET', 'HEAD'],
      url: path,
      handler: async (request, reply) => await answer(request, reply, deps, find),
    })
  }
  read('/object/:bucket/*', byAnyone)
  read('/object/authenticated/:bucket/*', byCaller)
  read('/object/public/:bucket/*', byPublic)
}

async function answer(request: FastifyRequest, reply: FastifyReply, deps: StorageDeps, find: Find) {
  const finding = await find(request, deps, placeOf(request))
  return await serveObject(deps.blobs, { request, reply, find: finding, expires: null })
}

/** The bucket and the name that the route's path has. */
export function placeOf({ params }: FastifyRequest): Place {
  const { bucket = '', '*': name = '' } = params as Readonly<Record<string, string | undefined>>
  return { bucket, name }
}

const byCaller: Find = async (request, { database, identify }, place) => {
  const caller = await callerOf(request, identify)
  return async () => await findForCaller(database, caller, place, 'storage.object.get_authenticated')
}

const byPublic: Find =
  async (_request, { database }, place) =>
  async () =>
    await findPublic(database, place, null)

const byAnyone: Find = async (request, { database, identify }, place) => {
  const who = await optionalCallerOf(request, identify)
  return 'caller' in who
    ? async () => await findForCaller(database, who.caller, place, 'storage.object.get_authenticated')
    : async () => await findPublic(database, place, who.stranger.refused)
}
