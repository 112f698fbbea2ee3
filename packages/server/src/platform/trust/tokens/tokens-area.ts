// What a token says, and who was seen with one of a third party.

import type { ActiveUserCounter } from '../../../identity/active-users/active-user-counter.ts'
import { type ExplainDeps, explainTokenRoute } from '../../../identity/explain/explain-token.ts'
import type { PlatformArea } from '../../platform-door.ts'

interface TokensDeps {
  readonly explain: ExplainDeps
  readonly activeUsers: ActiveUserCounter
}

/** `POST /tokens/explain {token}` and `GET /third-party-users`. */
export function tokensArea({ explain, activeUsers }: TokensDeps): PlatformArea {
  return async (fastify) => {
    fastify.post('/tokens/explain', async (request) => await explainTokenRoute(request.body, explain))
    fastify.get('/third-party-users', async () => ({ months: await activeUsers.counts() }))
  }
}
