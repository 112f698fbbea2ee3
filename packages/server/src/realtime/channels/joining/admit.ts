// Whether somebody may be on a channel: the token, the project's rule, the policies. The same at a join and whenever
// another token is shown. Refuses with `token.*`, `realtime.*`, `postgres.*`.

import type { Identity } from '../../../identity/identity.ts'
import { Refusal } from '../../../refusal/refusal.ts'
import { type ChannelAccess, publicAccess } from '../../access/channel-access.ts'
import { assertExpiring } from '../../limits/assert-expiring.ts'
import type { ChannelDeps } from '../talking/channel-deps.ts'

export interface Asked {
  readonly subtopic: string
  readonly isPrivate: boolean
  readonly headersJson: string
}

/** Who a token is, as long as a channel may live by it. */
export async function identifyBearer(token: string, deps: ChannelDeps): Promise<Identity> {
  return assertCurrent(assertExpiring(await deps.verify(token)), deps)
}

/** A token that the verifier still takes, but no channel may live by any more. */
export function assertCurrent(identity: Identity, { deadlines }: ChannelDeps): Identity {
  const { expiresAt } = identity
  if (expiresAt === null || !deadlines.isPast(identity)) return identity
  throw new Refusal('token.expired', { expiredAt: expiresAt, now: deadlines.now() })
}

/** What the identity may do there; refuses whoever may read nothing. */
export async function accessOf(identity: Identity, asked: Asked, deps: ChannelDeps): Promise<ChannelAccess> {
  if (!asked.isPrivate) {
    if (deps.config.privateOnly) throw new Refusal('realtime.private-only', {})
    return publicAccess
  }
  const access = await deps.authorize?.(identity, asked.subtopic, asked.headersJson)
  if (access !== undefined && mayRead(access)) return access
  const fix = deps.explain ? await deps.whyDenied(identity) : null
  const detail = { topic: asked.subtopic, role: identity.role }
  throw new Refusal('realtime.unauthorized', detail, fix === null ? {} : { fix })
}

function mayRead({ broadcast, presence }: ChannelAccess): boolean {
  return broadcast.read || presence.read
}
