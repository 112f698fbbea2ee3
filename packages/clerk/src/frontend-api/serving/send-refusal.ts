// What goes wrong, as browsers are told: Clerk's error body with the client beside it, without which a tab that is
// behind the others does not catch up.

import type { FastifyReply, FastifyRequest } from 'fastify'

import { sendFailure } from '../../http/send-failure.ts'
import { isClerkRefusal } from '../../refusal/clerk-refusal.ts'

/** Sends a refusal or a fault. `client` is asked for refusals alone. */
export async function sendRefusal(
  thrown: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  client: () => Promise<object | null>,
): Promise<FastifyReply> {
  if (!isClerkRefusal(thrown)) throw thrown
  const shown = await client()
  sendFailure(thrown, request, reply, shown === null ? {} : { meta: { client: shown } })
  return reply
}
