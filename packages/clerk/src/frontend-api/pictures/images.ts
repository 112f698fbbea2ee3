// Uploaded pictures, open to whoever knows their ids: they stand in the pages of the application.

import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import type { FastifyInstance } from 'fastify'

import { findImage } from '../../state/people/images.ts'
import type { Instance } from '../../state/instance/instance.ts'

/** Mounts the pictures under `prefix`. They are nothing but pictures to a browser, whatever their bytes are taken for. */
export function mountImages(app: FastifyInstance, prefix: string, instance: Instance): void {
  app.get<{ Params: { id: string } }>(`${prefix}/images/:id`, async (request, reply) => {
    const image = await findImage(instance.store, request.params.id)
    if (image === null) throw new ClerkRefusal('endpoint_not_built', { method: 'GET', path: '/images' })
    return reply
      .headers({
        'content-type': image.contentType,
        'x-content-type-options': 'nosniff',
        'content-security-policy': "default-src 'none'; sandbox",
        'cross-origin-resource-policy': 'cross-origin',
        'access-control-allow-origin': '*',
        'cache-control': 'public, max-age=31536000, immutable',
      })
      .send(image.bytes)
  })
}
