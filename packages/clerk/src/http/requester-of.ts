// Who sent a request, as events tell it.

import type { FastifyRequest } from 'fastify'

import type { Requester } from '../state/database/store.ts'

/** The address the connection comes from and what the client says it is. */
export function requesterOf(request: FastifyRequest): Requester {
  return { clientIp: request.ip, userAgent: request.headers['user-agent'] ?? '' }
}
