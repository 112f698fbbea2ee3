// `phx_join`: who asks, whether she may, the features, then the answer. It says ok once everything is in place.

import { Refusal } from '../../../refusal/refusal.ts'
import type { Occasion } from '../../limits/refusal-log.ts'
import type { Message } from '../../wire/message.ts'
import { accessOf, assertCurrent, identifyBearer } from './admit.ts'
import type { ChannelDeps } from '../talking/channel-deps.ts'
import { JoinedChannel, TOPIC_PREFIX } from '../joined-channel.ts'
import { parseJoin } from './parse-join.ts'
import { errorReply, occasionOf, refusedBy } from '../talking/refused.ts'
import { afterJoin, joinFeatures } from './run-features.ts'
import type { Talk } from '../talking/talk.ts'

/** RFC 6455 §7.4: the client breaks a rule of the server. */
const POLICY = 1008

/** Answers the join; never rejects. A channel of the same topic is closed before, as Phoenix does. */
export async function join(message: Message, talk: Talk): Promise<void> {
  const { deps } = talk
  deps.counts.joins += 1
  talk.channels.get(message.topic)?.close()
  let channel: JoinedChannel | null = null
  try {
    countJoin(talk)
    channel = await openChannel(message, talk)
    if (talk.isClosed) return
    keep(channel, talk)
    const response = await joinFeatures(channel, deps)
    if (response === null) return
    deps.deadlines.watch(channel)
    talk.reply(message, { status: 'ok', response })
  } catch (thrown) {
    if (channel !== null) talk.release(channel)
    const refused = refusedBy(thrown, deps, occasionOfJoin(message, talk))
    talk.reply(message, errorReply(refused, deps))
    const isTooOften = refused.kind === 'refused' && refused.code === 'ClientJoinRateLimitReached'
    if (isTooOften) talk.connection.close(POLICY, refused.message)
    return
  }
  followUp(channel, deps)
}

/** The role is the key's; a refusal that knows the token's says so itself. */
function occasionOfJoin({ topic }: Message, { connection, identity }: Talk): Occasion {
  return { what: 'join refused', whose: connection.id, topic, role: identity.role }
}

/** What breaks now is no answer to the join any more. */
function followUp(channel: JoinedChannel, deps: ChannelDeps): void {
  try {
    afterJoin(channel)
  } catch (thrown) {
    const refused = refusedBy(thrown, deps, occasionOf(channel, 'channel ended'))
    if (refused.kind === 'fault') channel.fail(refused.traceId)
    else channel.end(refused.message)
  }
}

function countJoin({ deps: { rates } }: Talk): void {
  if (rates.joins.isReached) throw new Refusal('realtime.too-many-joins', { limit: rates.joins.limit })
  rates.joins.add()
}

/** A channel keeps what it was joined with, and its name is told with everything. */
const LONGEST_TOPIC = 1024
const LARGEST_JOIN = 512 * 1024

function assertSize({ topic, joinRef, ref, payload }: Message): void {
  if (topic.length > LONGEST_TOPIC) throw malformed(`A topic has at most ${LONGEST_TOPIC} characters`)
  const bytes = Buffer.byteLength(JSON.stringify([joinRef, ref, payload]))
  if (bytes > LARGEST_JOIN) throw malformed(`A join has at most ${LARGEST_JOIN} bytes`)
}

function malformed(reason: string): Refusal {
  return new Refusal('realtime.message-malformed', { reason })
}

async function openChannel(message: Message, talk: Talk): Promise<JoinedChannel> {
  const { topic, joinRef, ref, payload } = message
  const { deps, connection } = talk
  assertSize(message)
  if (!topic.startsWith(TOPIC_PREFIX)) throw new Refusal('realtime.topic-unjoined', { topic })
  const subtopic = topic.slice(TOPIC_PREFIX.length)
  if (subtopic === '') throw new Refusal('realtime.topic-missing', {})
  assertRoom(talk)
  const { config, token } = parseJoin(payload, deps.newId)
  const identity = token === null ? assertCurrent(talk.identity, deps) : await identifyBearer(token, deps)
  const asked = { subtopic, isPrivate: config.isPrivate, headersJson: connection.headersJson }
  const access = await accessOf(identity, asked, deps)
  // A client of 1.0.0 that names no join_ref means the ref of the join.
  return new JoinedChannel(talk, { topic, joinRef: joinRef ?? ref, config, identity, access })
}

/** From here on it counts, and the end of the socket reaches it. */
function keep(channel: JoinedChannel, talk: Talk): void {
  assertRoom(talk)
  talk.channels.set(channel.topic, channel)
  talk.deps.counts.channels += 1
}

function assertRoom({ channels, deps }: Talk): void {
  const limit = deps.config.limits.channelsPerSocket
  if (channels.size >= limit) throw new Refusal('realtime.too-many-channels', { limit })
}
