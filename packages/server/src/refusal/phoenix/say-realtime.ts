// What Realtime itself refuses.

import type { RealtimeRefusals } from '../vocabulary/realtime.ts'
import { type PhoenixSaid, say, type Sayings } from './said.ts'

export const realtimeSayings: Sayings<keyof RealtimeRefusals> = {
  'realtime.origin-foreign': ({ origin }) => say(403, 'OriginNotAllowed', `Pages of ${origin} may not connect`),
  'realtime.not-found': ({ path }) => say(404, 'NotFound', `Realtime has nothing at ${path}`),
  'realtime.upgrade-missing': () =>
    say(400, 'UpgradeMissing', 'A WebSocket is opened here, and the request asks for no upgrade to one'),
  'realtime.version-unsupported': ({ vsn }) =>
    say(400, 'UnsupportedVersion', `Serializer version ${vsn} is unknown; 1.0.0 and 2.0.0 are spoken here`),
  'realtime.too-many-sockets': () => say(429, 'ConnectionRateLimitReached', 'Too many connected users'),
  'realtime.too-many-channels': () => say(429, 'ChannelRateLimitReached', 'Too many channels'),
  'realtime.too-many-joins': () => say(429, 'ClientJoinRateLimitReached', 'Too many joins per second'),
  'realtime.too-many-messages': () => say(429, 'MessagePerSecondRateLimitReached', 'Too many messages per second'),
  'realtime.too-many-presence-keys': ({ limit }) =>
    say(429, 'PresenceKeysLimitReached', `A topic holds at most ${limit} presence keys`),
  'realtime.too-much-presence': ({ limit }) =>
    say(429, 'PresenceBytesLimitReached', `A topic shows at most ${limit} bytes of presence`),
  'realtime.payload-too-large': () => say(413, 'PayloadTooLarge', 'payload_size_exceeded'),
  'realtime.message-malformed': ({ reason }) => say(400, 'MalformedMessage', reason),
  'realtime.topic-missing': () => say(400, 'TopicNameRequired', 'You must provide a topic name'),
  'realtime.topic-unjoined': () => say(400, 'UnmatchedTopic', 'unmatched topic'),
  'realtime.read-lost': ({ topic }) =>
    say(403, 'Unauthorized', `You no longer have permission to read from this Channel topic: ${topic}`),
  'realtime.private-only': () => say(403, 'PrivateOnly', 'This project only allows private channels'),
  'realtime.unauthorized': ({ topic }) => mayNotRead(403, topic),
  'realtime.policy-failed': ({ topic }) => mayNotRead(422, topic),
  'realtime.write-unauthorized': ({ topic }) =>
    say(403, 'Unauthorized', `You do not have permissions to write to this Channel topic: ${topic}`),
  'realtime.presence-malformed': ({ reason }) => say(400, 'MalformedPresence', reason),
  'realtime.replay-impossible': ({ reason }) => say(400, 'UnableToReplayMessages', reason),
  'realtime.subscription-invalid': ({ reason }) => say(400, 'SubscriptionInvalid', reason),
  'realtime.table-missing': ({ schema, table }) => say(404, 'TableMissing', `there is no table ${schema}.${table}`),
  'realtime.client-too-slow': ({ limit }) =>
    say(429, 'ClientTooSlow', `The client reads too slowly: more than ${limit} bytes waited for it, and were dropped`),
  'realtime.broadcast-invalid': ({ errors }) => say(422, 'UnprocessableEntity', JSON.stringify(errors)),
  'realtime.media-type-unsupported': () =>
    say(415, 'UnsupportedMediaType', 'Unsupported Media Type. Use application/json or application/octet-stream'),
  'realtime.api-rate-reached': () => say(429, 'MessagePerSecondRateLimitReached', 'You have exceeded your rate limit'),
  'realtime.batch-too-large': () =>
    say(429, 'MessagePerSecondRateLimitReached', 'Too many messages to broadcast, please reduce the batch size'),
  'realtime.path-forbidden': ({ path }) => say(403, 'Forbidden', `${path} is closed`),
  'realtime.feed-unavailable': ({ reason, grant }) =>
    say(503, 'ChangesUnavailable', grant === null ? reason : `${reason} (${grant})`),
}

function mayNotRead(status: number, topic: string): PhoenixSaid {
  return say(status, 'Unauthorized', `You do not have permissions to read from this Channel topic: ${topic}`)
}
