// The server's own administration below /platform/v1. The gateway has asked for the secret key before, but for the
// webhook, which shows its signature.

import type { FastifyPluginAsync } from 'fastify'

import { explainTokenRoute } from '../../identity/explain/explain-token.ts'
import { isRefusal, Refusal } from '../../refusal/refusal.ts'
import { renderPostgrest } from '../../refusal/render-postgrest.ts'
import type { OpenIdentity } from './open-identity.ts'
import type { OpenMirror } from './open-mirror.ts'

const LARGEST_WEBHOOK = 4 * 1024 * 1024

/**
 * `POST /tokens/explain {token}`, `GET /third-party-users`, `POST /webhooks/clerk` and `POST /clerk/mirror/backfill`, as
 * a Fastify plugin.
 */
export function platformDoor(identity: OpenIdentity, mirror: OpenMirror | null): FastifyPluginAsync {
  return async (fastify) => {
    fastify.post('/tokens/explain', async (request) => await explainTokenRoute(request.body, identity.explainDeps))
    fastify.get('/third-party-users', async () => ({ months: await identity.activeUsers.counts() }))
    fastify.post('/clerk/mirror/backfill', async () => await requireMirror(mirror).backfill())
    fastify.setErrorHandler((thrown, _request, reply) => {
      if (!isRefusal(thrown)) throw thrown
      const { status, headers, body } = renderPostgrest(thrown, {
        anonymousRole: 'anon',
        verbosity: 'verbose',
        explain: true,
      })
      return reply.code(status).headers(Object.fromEntries(headers)).send(body)
    })
    await fastify.register(webhookDoor(mirror))
  }
}

/** The signature is over the body's bytes, so that nobody may parse it before. */
function webhookDoor(mirror: OpenMirror | null): FastifyPluginAsync {
  return async (fastify) => {
    fastify.removeAllContentTypeParsers()
    fastify.addContentTypeParser('*', { parseAs: 'string' }, async (_request: unknown, body: unknown) => body)
    fastify.post('/webhooks/clerk', { bodyLimit: LARGEST_WEBHOOK }, async ({ headers, body }) => ({
      outcome: await requireMirror(mirror).receive({ headers, body: typeof body === 'string' ? body : '' }),
    }))
  }
}

function requireMirror(mirror: OpenMirror | null): OpenMirror {
  if (mirror === null) throw new Refusal('mirror.disabled', {}, { fix: 'Set [clerk.mirror] enabled = true.' })
  return mirror
}
