// The server's own administration below /platform/v1. The gateway has asked for the secret key before.

import type { FastifyPluginAsync } from 'fastify'

import { explainTokenRoute } from '../../identity/explain/explain-token.ts'
import { isRefusal } from '../../refusal/refusal.ts'
import { renderPostgrest } from '../../refusal/render-postgrest.ts'
import type { OpenIdentity } from './open-identity.ts'

/** `POST /tokens/explain {token}` and `GET /third-party-users`, as a Fastify plugin. */
export function platformDoor(identity: OpenIdentity): FastifyPluginAsync {
  return async (fastify) => {
    fastify.post('/tokens/explain', async (request) => await explainTokenRoute(request.body, identity.explainDeps))
    fastify.get('/third-party-users', async () => ({ months: await identity.activeUsers.counts() }))
    fastify.setErrorHandler((thrown, _request, reply) => {
      if (!isRefusal(thrown)) throw thrown
      const { status, headers, body } = renderPostgrest(thrown, {
        anonymousRole: 'anon',
        verbosity: 'verbose',
        explain: true,
      })
      return reply.code(status).headers(Object.fromEntries(headers)).send(body)
    })
  }
}
