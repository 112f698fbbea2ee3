// The mirror of Clerk's people and organisations, from the outside: its webhook and its backfill.

import type { IncomingHttpHeaders } from 'node:http'

import { Refusal } from '../../../refusal/refusal.ts'
import type { PlatformArea } from '../../platform-door.ts'

/** What a mirror does for its endpoints; the headers are the webhook's, the body its bytes as text. */
export interface MirrorPort {
  receive(webhook: { readonly headers: IncomingHttpHeaders; readonly body: string }): Promise<unknown>
  backfill(): Promise<unknown>
}

const LARGEST_WEBHOOK = 4 * 1024 * 1024

/** `POST /webhooks/clerk` and `POST /clerk/mirror/backfill`. Refuses `mirror.disabled` where the project keeps none. */
export function mirrorArea(mirror: MirrorPort | null): PlatformArea {
  return async (fastify) => {
    fastify.post('/clerk/mirror/backfill', async () => await requireMirror(mirror).backfill())
    await fastify.register(webhookArea(mirror))
  }
}

/** The signature is over the body's bytes, so that nobody may parse it before. */
function webhookArea(mirror: MirrorPort | null): PlatformArea {
  return async (fastify) => {
    fastify.removeAllContentTypeParsers()
    fastify.addContentTypeParser('*', { parseAs: 'string' }, async (_request: unknown, body: unknown) => body)
    fastify.post('/webhooks/clerk', { bodyLimit: LARGEST_WEBHOOK }, async ({ headers, body }) => ({
      outcome: await requireMirror(mirror).receive({ headers, body: typeof body === 'string' ? body : '' }),
    }))
  }
}

function requireMirror(mirror: MirrorPort | null): MirrorPort {
  if (mirror === null) throw new Refusal('mirror.disabled', {}, { fix: 'Set [clerk.mirror] enabled = true.' })
  return mirror
}
