// What monitors ask: whether the server is there, of which version it is, and whether Storage can work.

import type { FastifyInstance, FastifyRequest } from 'fastify'

import type { Identify } from '../../identity/identity.ts'
import { Refusal } from '../../refusal/refusal.ts'
import { anyBucket } from '../access/sql/any-bucket.ts'
import { callerOf } from './caller-of.ts'
import type { StorageDeps } from './storage-deps.ts'

/**
 * Adds `GET /status` and `GET /version` for anybody, and `GET /health` for whoever shows a token or a key that holds; its
 * answer has the status 200 where the database fails, too, as upstream has it.
 */
export function addMonitorRoutes(
  fastify: FastifyInstance,
  { database, identify, log }: Pick<StorageDeps, 'database' | 'identify' | 'log'>,
  version: string,
): void {
  fastify.get('/status', async (_request, reply) => await reply.send())
  fastify.get('/version', async (_request, reply) => await reply.type('text/plain').send(version))
  fastify.get('/health', async (request) => {
    await checkCredentials(request, identify)
    try {
      await database.asOwner([anyBucket])
      return { healthy: true }
    } catch (error) {
      log.warn({ err: error }, 'the database of Storage does not answer as it should')
      return { healthy: false }
    }
  })
}

/** No credentials are an empty token here, and not a header that is missing: so says upstream. Refuses with `token.*`. */
async function checkCredentials(request: FastifyRequest, identify: Identify): Promise<void> {
  const { authorization, apikey } = request.headers
  if (authorization === undefined && apikey === undefined)
    throw new Refusal('token.empty', {}, { fix: 'Send a key of the project as the apikey header.' })
  await callerOf(request, identify)
}
