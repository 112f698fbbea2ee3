// The Frontend API as routes. So far: discovery, which anybody may read, pictures, and the scripts of pages.

import type { FastifyInstance, FastifyReply } from 'fastify'

import { sendJson } from '../http/send-json.ts'
import type { Instance } from '../state/instance.ts'
import { avatarOf } from './avatar.ts'
import { mountBundles } from './bundles.ts'
import { keySet, openidConfiguration } from './discovery.ts'

/** Mounts the Frontend API of one instance under `prefix`. */
export function mountFrontendApi(app: FastifyInstance, prefix: string, instance: Instance): void {
  mountBundles(app, prefix)
  app.get(`${prefix}/.well-known/jwks.json`, async (_request, reply) =>
    sendJson(openToAll(reply), 200, await keySet(instance)),
  )
  app.get(`${prefix}/.well-known/openid-configuration`, (_request, reply) =>
    sendJson(openToAll(reply), 200, openidConfiguration(instance)),
  )
  app.get<{ Params: { id: string } }>(`${prefix}/avatars/:id.svg`, (request, reply) =>
    openToAll(reply)
      .header('content-type', 'image/svg+xml')
      .header('cache-control', 'public, max-age=86400')
      .send(avatarOf(request.params.id)),
  )
}

function openToAll(reply: FastifyReply): FastifyReply {
  return reply.header('access-control-allow-origin', '*')
}
