// The routes that answer with a rendered image. Who may see the original is asked on each request, before anything that is
// kept is looked at.

import type { FastifyInstance, FastifyRequest } from 'fastify'

import { Refusal } from '../../refusal/refusal.ts'
import { callerOf } from '../door/caller-of.ts'
import type { StorageDeps } from '../door/storage-deps.ts'
import { findForCaller, findPublic, findUnasked } from '../objects/download/find-object.ts'
import { placeOf } from '../objects/download/who-reads.ts'
import { openSigned } from '../objects/sign/open-signed.ts'
import { openRenderedImages } from './open-rendered-images.ts'
import { type ImageAnswer, serveImage } from './serve-image.ts'
import { readPrinted } from './transformation/print-transformation.ts'
import { readTransformation } from './transformation/read-transformation.ts'

/** What is asked for, and whether it may be seen. */
type Asked = Pick<ImageAnswer, 'wanted' | 'find' | 'expires'>

/** Renders nothing where `[storage.image_transformation]` is disabled: the routes are unknown then, as upstream's are. */
export function addImageRoutes(fastify: FastifyInstance, deps: StorageDeps): void {
  const { config, blobs, now } = deps
  if (!config.images.enabled) {
    fastify.get('/render/image/*', async (request) => refuse(request))
    return
  }
  const images = openRenderedImages({ config: config.images, blobs, now })
  fastify.addHook('onClose', async () => images.close())
  const render = (path: string, ask: (request: FastifyRequest) => Promise<Asked>): void => {
    fastify.get(path, async (request, reply) => {
      const asked = await ask(request)
      return await serveImage({ images, blobs }, { request, reply, ...asked })
    })
  }
  render('/render/image/authenticated/:bucket/*', async (request) => await byCaller(request, deps))
  render('/render/image/public/:bucket/*', async (request) => await byAnyone(request, deps))
  render('/render/image/sign/:bucket/*', async (request) => await byToken(request, deps))
}

async function byCaller(request: FastifyRequest, { database, identify }: StorageDeps): Promise<Asked> {
  const caller = await callerOf(request, identify)
  const wanted = readTransformation(queryOf(request), 'querystring')
  const place = placeOf(request)
  return {
    wanted,
    find: async () => await findForCaller(database, caller, place, 'storage.render.image_authenticated'),
    expires: null,
  }
}

async function byAnyone(request: FastifyRequest, { database }: StorageDeps): Promise<Asked> {
  const wanted = readTransformation(queryOf(request), 'querystring')
  const place = placeOf(request)
  return { wanted, find: async () => await findPublic(database, place, null), expires: null }
}

/** What the token says is rendered, whatever else stands in the URL. */
async function byToken(request: FastifyRequest, { database, signed }: StorageDeps): Promise<Asked> {
  const { place, claims } = await openSigned(request, signed)
  return {
    wanted: readPrinted(claims.transformations ?? '', claims.format),
    find: async () => await findUnasked(database, place),
    expires: claims.exp,
  }
}

function queryOf({ query }: FastifyRequest): Readonly<Record<string, unknown>> {
  return query as Readonly<Record<string, unknown>>
}

function refuse({ method, url }: FastifyRequest): never {
  const fix = 'Set `enabled = true` in [storage.image_transformation] to have images rendered.'
  throw new Refusal('storage.route-unknown', { method, path: url }, { fix })
}
