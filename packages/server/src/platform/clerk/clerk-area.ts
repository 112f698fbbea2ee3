// The built-in instances, and the way to each one's Backend API without its secret key in the page.

import type { FastifyRequest } from 'fastify'
import { z } from 'zod'

import type { PlatformArea } from '../platform-door.ts'
import { readPath } from '../request/read-input.ts'
import { type ClerkInstance, type ClerkPort, requireInstance, requireInstances } from './clerk-instance.ts'
import { forwardRequest } from './forward-request.ts'

const named = z.object({ name: z.string() })

/**
 * `GET /clerk/instances`, `GET /clerk/instances/:name/secret-key`, and anything below `/clerk/:name/`, which is that
 * instance's Backend API. Refuses `platform.clerk-disabled` and `platform.object-unknown`.
 */
export function clerkArea(clerk: ClerkPort): PlatformArea {
  return async (fastify) => {
    fastify.get('/clerk/instances', async () => ({
      instances: requireInstances(clerk).map((instance) => told(instance, clerk)),
    }))
    fastify.get('/clerk/instances/:name/secret-key', async ({ params }) => ({
      secretKey: requireInstance(clerk, readPath(named, params).name).secretKey,
    }))
    await fastify.register(backendArea(clerk))
  }
}

/** Bodies are the Backend API's to read: nobody parses them on the way. */
function backendArea(clerk: ClerkPort): PlatformArea {
  return async (fastify) => {
    fastify.removeAllContentTypeParsers()
    fastify.addContentTypeParser('*', (_request: FastifyRequest, payload, done) => done(null, payload))
    fastify.route({
      method: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
      url: '/clerk/:name/*',
      handler: async (request, reply) => {
        const { name } = readPath(named, request.params)
        return await forwardRequest(request, reply, requireInstance(clerk, name))
      },
    })
  }
}

/** Everything but the secret key, which is shown when asked for. */
function told({ secretKey: _secret, ...instance }: ClerkInstance, clerk: ClerkPort): object {
  return { ...instance, trusted: clerk.isTrusted(instance.issuer), mailboxUrl: clerk.mailboxUrl }
}
