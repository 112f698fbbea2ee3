// Answers with a rendered image, from the row of its original.

import type { FastifyReply, FastifyRequest } from 'fastify'

import { Refusal } from '../../refusal/refusal.ts'
import type { Blobs } from '../blobs/blobs.ts'
import { judgeConditions } from '../objects/download/asked/conditions.ts'
import { factsOf } from '../objects/download/headers/object-facts.ts'
import { objectHeaders } from '../objects/download/headers/object-headers.ts'
import { serveObject } from '../objects/download/serve-object.ts'
import type { ObjectRow } from '../rows/object-row.ts'
import { keyOf, type RenderedImages } from './open-rendered-images.ts'
import { acceptsWebp, mimeTypeOf } from './transformation/image-format.ts'
import { printForHeader } from './transformation/print-transformation.ts'
import type { Transformation } from './transformation/transformation.ts'

export interface ImageAnswer {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  readonly wanted: Transformation
  /** Reads the row of the original; asked again where its bytes were replaced meanwhile. */
  readonly find: () => Promise<ObjectRow>
  /** When the URL is over, in Unix seconds; null for one that never is. */
  readonly expires: number | null
}

interface Sources {
  readonly images: RenderedImages
  readonly blobs: Blobs
}

/** Refuses with what `find` and `RenderedImages.render` refuse, and as `serveObject`. */
export async function serveImage({ images, blobs }: Sources, answer: ImageAnswer): Promise<FastifyReply> {
  const row = await answer.find()
  // An SVG is no work for a decoder: a browser draws it in any size. As an object it is served inert.
  if (isDrawing(row) && (answer.wanted.format ?? 'origin') === 'origin') {
    return await serveObject(blobs, { ...answer, find: firstKnown(row, answer.find) })
  }
  if (await served(images, answer, row)) return answer.reply
  const again = await answer.find()
  if (again.version !== row.version && (await served(images, answer, again))) return answer.reply
  return await serveObject(blobs, { ...answer, find: async () => again })
}

/** False where the original has no bytes. */
async function served(images: RenderedImages, answer: ImageAnswer, row: ObjectRow): Promise<boolean> {
  const { request, reply, wanted, expires } = answer
  const { version } = row
  if (version === null) return false
  const wish = { version, wanted, webp: wanted.format === null && acceptsWebp(request.headers.accept) }
  const original = { ...factsOf(row), etag: `"${keyOf(wish)}"` }
  const verdict = judgeConditions(request.headers, original)
  if (verdict === 'precondition-failed') throw new Refusal('storage.precondition-failed', {})
  const image = verdict === 'wanted' ? await images.render(wish, whileWanted(reply)) : null
  if (image === null && verdict === 'wanted') return false
  const download = (request.query as Readonly<Record<string, unknown>>)['download']
  const mimetype = image === null ? original.mimetype : mimeTypeOf(image.format)
  const transformations = printForHeader(wanted)
  reply.headers(objectHeaders({ object: { ...original, mimetype }, download, expires }))
  reply.header('accept-ranges', 'none')
  if (transformations !== '') reply.header('x-transformations', transformations)
  if (wanted.format === null) reply.header('vary', 'Accept')
  if (image === null) void reply.code(304).send()
  else void reply.header('content-length', image.size).send(image.bytes())
  return true
}

/** Aborted once the client is gone. */
function whileWanted(reply: FastifyReply): AbortSignal {
  const controller = new AbortController()
  reply.raw.once('close', () => controller.abort(new Refusal('storage.request-aborted', {})))
  return controller.signal
}

function isDrawing({ metadata }: ObjectRow): boolean {
  return /^image\/svg\+xml\b/i.test(String(metadata?.mimetype))
}

/** Not read twice for nothing. */
function firstKnown(row: ObjectRow, find: () => Promise<ObjectRow>): () => Promise<ObjectRow> {
  let known: ObjectRow | null = row
  return async () => {
    const given = known ?? (await find())
    known = null
    return given
  }
}
