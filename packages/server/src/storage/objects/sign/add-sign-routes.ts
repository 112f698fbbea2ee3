// The routes that make signed URLs, and the one that such a URL leads to.

import { z } from 'zod'

import { Refusal } from '../../../refusal/refusal.ts'
import { callerOf } from '../../door/caller-of.ts'
import { readJson } from '../../door/read-json.ts'
import type { StorageArea, StorageDeps } from '../../door/storage-deps.ts'
import { printTransformation } from '../../images/transformation/print-transformation.ts'
import { readTransformation } from '../../images/transformation/read-transformation.ts'
import { placeOf } from '../download/who-reads.ts'
import { findUnasked } from '../download/find-object.ts'
import { serveObject } from '../download/serve-object.ts'
import { openSigned } from './open-signed.ts'
import { type Rendition, signObject, signObjects } from './sign-objects.ts'

const MOST_PATHS = 1000

/** Numbers that come as texts are numbers, as upstream's validator has it. */
const seconds = z.preprocess(
  (value) => (typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value),
  z.number().min(1).refine(Number.isInteger, { error: 'must be integer' }),
)
const oneObject = z.object({ expiresIn: seconds, transform: z.record(z.string(), z.unknown()).optional() })
const manyObjects = z.object({ expiresIn: seconds, paths: z.array(z.string()).min(1).max(MOST_PATHS) })

/** Adds `POST /object/sign/:bucket/*`, `POST /object/sign/:bucket`, and `GET` and `HEAD /object/sign/:bucket/*`. */
export const addSignRoutes: StorageArea = (fastify, deps) => {
  fastify.post('/object/sign/:bucket/*', async (request) => {
    const caller = await callerOf(request, deps.identify)
    const { expiresIn, transform } = await readJson(request, oneObject)
    const rendition = renditionOf(deps, transform)
    return { signedURL: await signObject(deps, caller, placeOf(request), expiresIn, rendition) }
  })
  fastify.post('/object/sign/:bucket', async (request) => {
    const caller = await callerOf(request, deps.identify)
    const { expiresIn, paths } = await readJson(request, manyObjects)
    return await signObjects(deps, caller, placeOf(request).bucket, paths, expiresIn)
  })
  fastify.route({
    method: ['GET', 'HEAD'],
    url: '/object/sign/:bucket/*',
    handler: async (request, reply) => {
      const { place, claims } = await openSigned(request, deps.signed)
      // A URL for a rendered image opens the rendition alone: the original may show what it leaves out.
      if (claims.transformations !== undefined) throw new Refusal('storage.signature-mismatch', { wanted: 'path' })
      const find = async () => await findUnasked(deps.database, place)
      return await serveObject(deps.blobs, { request, reply, find, expires: claims.exp })
    },
  })
}

/** Null where it would be the original, or where nothing is rendered here. */
function renditionOf({ config }: StorageDeps, transform: Record<string, unknown> | undefined): Rendition | null {
  if (transform === undefined) return null
  const wanted = readTransformation(transform, 'body/transform')
  const transformations = printTransformation(wanted)
  if (!config.images.enabled || transformations === '') return null
  return wanted.format === null ? { transformations } : { transformations, format: wanted.format }
}
