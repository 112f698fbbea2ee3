// Everything that is said on a channel once it is joined: what a feature answers, and another token.

import type { Message } from '../../wire/message.ts'
import type { Reply } from '../channel.ts'
import type { JoinedChannel } from '../joined-channel.ts'
import { tokenOf } from '../joining/parse-join.ts'
import { errorReply, occasionOf, refusedBy } from './refused.ts'
import { renewToken } from '../tokens/renew-token.ts'
import type { Talk } from './talk.ts'

/** Hands the message to the feature that answers its event. Only what takes time gives a promise, which never rejects. */
export function pushEvent(message: Message, channel: JoinedChannel, talk: Talk): Promise<void> | undefined {
  try {
    const reply = receive(message, channel, talk)
    if (reply instanceof Promise) return replyLater(message, reply, channel, talk)
    if (reply !== null) talk.reply(message, reply)
  } catch (thrown) {
    replyRefused(message, thrown, channel, talk)
  }
}

function receive(message: Message, channel: JoinedChannel, { deps }: Talk): Reply | null | Promise<Reply | null> {
  const { messages } = deps.rates
  messages.add()
  if (messages.isReached) {
    deps.counts.refused('realtime.too-many-messages')
    channel.end('Too many messages per second')
    return null
  }
  const feature = deps.features.find(({ events }) => events.includes(message.event))
  // As upstream: what nothing here answers is passed over, and the client's push runs into its own timeout.
  return feature?.receive?.(channel, message) ?? null
}

async function replyLater(
  message: Message,
  reply: Promise<Reply | null>,
  channel: JoinedChannel,
  talk: Talk,
): Promise<void> {
  try {
    const settled = await reply
    if (settled !== null) talk.reply(message, settled)
  } catch (thrown) {
    replyRefused(message, thrown, channel, talk)
  }
}

/** A refusal answers the message; a fault ends the channel, and the client joins again. */
function replyRefused(message: Message, thrown: unknown, channel: JoinedChannel, talk: Talk): void {
  const refused = refusedBy(thrown, talk.deps, occasionOf(channel, 'message refused'))
  if (refused.kind === 'fault') channel.fail(refused.traceId)
  else talk.reply(message, errorReply(refused, talk.deps))
}

/** `access_token`: no answer. What is no token of the user's own is passed over; never rejects. */
export function pushToken({ payload }: Message, channel: JoinedChannel, talk: Talk): Promise<void> | undefined {
  const shown =
    typeof payload === 'object' && payload !== null && 'access_token' in payload ? payload.access_token : null
  const token = tokenOf(shown)
  return token === null ? undefined : renewOrEnd(token, channel, talk)
}

async function renewOrEnd(token: string, channel: JoinedChannel, { deps }: Talk): Promise<void> {
  try {
    await renewToken(channel, token, deps)
  } catch (thrown) {
    const refused = refusedBy(thrown, deps, occasionOf(channel, 'channel ended'))
    if (refused.kind === 'fault') channel.fail(refused.traceId)
    else channel.end(refused.message)
  }
}
