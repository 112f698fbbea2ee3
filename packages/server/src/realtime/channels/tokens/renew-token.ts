// Another token on a channel that is joined: Clerk's live 60 seconds and clients show the next one with a heartbeat.

import { Refusal } from '../../../refusal/refusal.ts'
import type { ChannelAccess } from '../../access/channel-access.ts'
import { accessOf, identifyBearer } from '../joining/admit.ts'
import type { ChannelDeps } from '../talking/channel-deps.ts'
import type { JoinedChannel } from '../joined-channel.ts'
import { renewFeatures } from '../joining/run-features.ts'

/** Puts the channel under the new token. Refuses what ends the channel: a token that is not true, a read that is lost. */
export async function renewToken(channel: JoinedChannel, token: string, deps: ChannelDeps): Promise<void> {
  const identity = await identifyBearer(token, deps)
  // The verifier remembers tokens: the same one is the same identity.
  if (identity === channel.identity) return
  const { subtopic, config, connection } = channel
  const asked = { subtopic, isPrivate: config.isPrivate, headersJson: connection.headersJson }
  const access = await accessOf(identity, asked, deps)
  if (isReadLost(channel.access, access)) throw new Refusal('realtime.read-lost', { topic: subtopic })
  if (channel.isOver) return
  deps.deadlines.forget(channel)
  channel.identity = identity
  channel.access = access
  deps.deadlines.watch(channel)
  await renewFeatures(channel)
}

function isReadLost(before: ChannelAccess, now: ChannelAccess): boolean {
  return (before.broadcast.read && !now.broadcast.read) || (before.presence.read && !now.presence.read)
}
