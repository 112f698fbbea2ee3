// A link into Studio, for whoever holds the secret key.

import { Refusal } from '../../../refusal/refusal.ts'
import type { PlatformArea } from '../../platform-door.ts'

/** What the endpoint asks of Studio and of the keys. */
export interface StudioPort {
  /** A link that signs in once. */
  createLink(): { readonly url: string; readonly expiresAt: number }
}

interface StudioAreaDeps {
  /** Null where Studio is not served. */
  readonly studio: StudioPort | null
  /** Refuses `token.secret-key-required`. */
  readonly requireSecretKey: (credentials: { authorization: string | undefined; apikey: string | undefined }) => void
}

/**
 * `POST /studio/links`. The key is asked for here too: a session, which serves otherwise, must not be able to outlast
 * itself. Refuses `platform.studio-disabled`.
 */
export function studioArea({ studio, requireSecretKey }: StudioAreaDeps): PlatformArea {
  return async (fastify) => {
    fastify.post('/studio/links', async ({ headers: { authorization, apikey } }) => {
      requireSecretKey({ authorization, apikey: typeof apikey === 'string' ? apikey : undefined })
      if (studio !== null) return studio.createLink()
      const fix = 'Set [studio] enabled = true; in production also [studio] password and allow_production = true.'
      throw new Refusal('platform.studio-disabled', {}, { fix })
    })
  }
}
