// Reads `[realtime]`: Supabase's keys, and ours.

import {
  defaultRealtimeConfig as defaults,
  type FeedConfig,
  type RealtimeConfig,
  type RealtimeLimits,
} from '../../realtime/config.ts'
import { parseNatsUrl } from '../../realtime/fanout/nats/connection/nats-address.ts'
import type { ConfigSection } from './section.ts'

const SECOND = 1000
const DAY = 86_400
const MOST = 1_000_000_000
const TEBIBYTE = 1024 ** 4

/**
 * `ip_version` and `max_header_length` are of upstream's container and mean nothing here. Pages that may read answers
 * may open sockets, where `origins` says nothing else. Refuses `boot.config-invalid`.
 */
export function readRealtime(section: ConfigSection, corsOrigins: readonly string[]): RealtimeConfig {
  section.string('ip_version', 'IPv4')
  section.integer('max_header_length', 4096, 1, Number.MAX_SAFE_INTEGER)
  const origins = section.strings('origins', corsOrigins)
  return {
    enabled: section.boolean('enabled', defaults.enabled),
    deletes: section.choice('deletes', ['compatible', 'strict']),
    natsUrl: section.checked('nats_url', natsProblem),
    origins: origins.includes('*') ? '*' : origins,
    tokenGrace: section.integer('token_grace', defaults.tokenGrace, 0, DAY),
    privateOnly: section.boolean('private_only', defaults.privateOnly),
    limits: readLimits(section.section('limits')),
    feed: readFeed(section.section('feed')),
    messageRetention: section.integer('message_retention', defaults.messageRetention, 1, 36_500),
  }
}

function natsProblem(text: string): string | null {
  const read = parseNatsUrl(text)
  return read.kind === 'problem' ? read.problem : null
}

/** A text frame is one string of JavaScript, and those have an end. */
const LARGEST_FRAME = 256 * 1024 * 1024

function readLimits(section: ConfigSection): RealtimeLimits {
  const { limits } = defaults
  const count = (key: string, fallback: number): number => section.integer(key, fallback, 1, MOST)
  const bytes = (key: string, fallback: number): number => section.integer(key, fallback, 1024, LARGEST_FRAME)
  return {
    sockets: count('sockets', limits.sockets),
    channelsPerSocket: count('channels_per_socket', limits.channelsPerSocket),
    joinsPerSecond: count('joins_per_second', limits.joinsPerSecond),
    messagesPerSecond: count('messages_per_second', limits.messagesPerSecond),
    presenceMessagesPerSecond: count('presence_messages_per_second', limits.presenceMessagesPerSecond),
    presenceKeys: count('presence_keys', limits.presenceKeys),
    presenceBytes: bytes('presence_bytes', limits.presenceBytes),
    presenceCalls: section.integer('presence_calls', limits.presenceCalls, 0, MOST),
    presenceCallsWindow: section.integer('presence_window', limits.presenceCallsWindow / SECOND, 1, DAY) * SECOND,
    broadcastBytes: bytes('broadcast_bytes', limits.broadcastBytes),
    frameBytes: bytes('frame_bytes', limits.frameBytes),
    changeBytes: bytes('change_bytes', limits.changeBytes),
    waitingBytes: bytes('waiting_bytes', limits.waitingBytes),
    idleTimeout: section.integer('idle_timeout', limits.idleTimeout / SECOND, 1, DAY) * SECOND,
  }
}

/** As Postgres takes them, at most 63 bytes: the database's number follows a slot's name, which is lower case. */
const SLOT = /^[a-z0-9_]{1,50}$/
const PUBLICATION = /^\P{Cc}{1,63}$/u

function readFeed(section: ConfigSection): FeedConfig {
  const { feed } = defaults
  return {
    slot: section.matching('slot', feed.slot, SLOT, 'lower-case letters, digits and _, at most 50'),
    publication: section.matching('publication', feed.publication, PUBLICATION, 'the name of a publication'),
    walKeepBytes: section.integer('wal_keep_bytes', feed.walKeepBytes, 16 * 1024 * 1024, TEBIBYTE),
    replaySeconds: section.integer('replay_seconds', feed.replaySeconds, 0, DAY),
    replayBytes: section.integer('replay_bytes', feed.replayBytes, 0, TEBIBYTE),
  }
}
