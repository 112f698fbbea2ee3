// What of Supabase Auth's door this server has: the public halves of the keys that sign the project's own tokens.

import type { FastifyPluginAsync } from 'fastify'
import type { OwnKeys } from '../identity/keys/own-keys.ts'

/** `GET /.well-known/jwks.json`; as upstream, it may be kept for ten minutes. */
export function publicKeysDoor(own: Pick<OwnKeys, 'publicJwks'>): FastifyPluginAsync {
  return async (fastify) => {
    fastify.get('/.well-known/jwks.json', async (_request, reply) => {
      return await reply.header('cache-control', 'public, max-age=600').send(own.publicJwks())
    })
  }
}
