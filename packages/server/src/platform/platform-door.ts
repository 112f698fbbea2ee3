// The server's own administration below /platform/v1, which Studio and the commands talk to. The gateway has asked for
// the secret key before, or Studio's server for its session; but for the webhook, which shows its signature.

import type { FastifyPluginAsync } from 'fastify'

import { isRefusal } from '../refusal/refusal.ts'
import { renderPostgrest } from '../refusal/render-postgrest.ts'

/** The endpoints about one thing, as a Fastify plugin that registers its paths. Refusals are rendered by the door. */
export type PlatformArea = FastifyPluginAsync

/** All areas behind one prefix, refusals in PostgREST's form with our own codes and fixes. */
export function platformDoor(areas: readonly PlatformArea[]): FastifyPluginAsync {
  return async (fastify) => {
    fastify.setErrorHandler((thrown, _request, reply) => {
      if (!isRefusal(thrown)) throw thrown
      const { status, headers, body } = renderPostgrest(thrown, {
        anonymousRole: 'anon',
        verbosity: 'verbose',
        explain: true,
      })
      return reply.code(status).headers(Object.fromEntries(headers)).send(body)
    })
    for (const area of areas) await fastify.register(area)
  }
}
