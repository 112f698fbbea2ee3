// Refusals of Realtime: sockets, channels, what is sent on them and what is subscribed to.

import type { NoDetail } from './no-detail.ts'

export interface RealtimeRefusals {
  /** A page of an origin that may not open a socket. */
  'realtime.origin-foreign': { readonly origin: string }
  /** The path is Realtime's, and there is nothing. */
  'realtime.not-found': { readonly path: string }
  /** A request for the path of the sockets that asks for none. */
  'realtime.upgrade-missing': NoDetail
  /** Neither 1.0.0 nor 2.0.0. */
  'realtime.version-unsupported': { readonly vsn: string }
  'realtime.too-many-sockets': { readonly limit: number }
  'realtime.too-many-channels': { readonly limit: number }
  /** Joins per second. */
  'realtime.too-many-joins': { readonly limit: number }
  /** Messages per second. */
  'realtime.too-many-messages': { readonly limit: number }
  'realtime.too-many-presence-keys': { readonly limit: number }
  /** Bytes of all that one topic shows. */
  'realtime.too-much-presence': { readonly limit: number }
  /** Bytes. */
  'realtime.payload-too-large': { readonly limit: number }
  /** A frame that is no message of this serializer. */
  'realtime.message-malformed': { readonly reason: string }
  'realtime.topic-missing': NoDetail
  /** A message for a topic that this socket has not joined. */
  'realtime.topic-unjoined': { readonly topic: string }
  /** A renewed token may no longer read what the one before could. */
  'realtime.read-lost': { readonly topic: string }
  /** The project takes private channels only. */
  'realtime.private-only': NoDetail
  /** No policy on `realtime.messages` lets this identity read from the topic. */
  'realtime.unauthorized': { readonly topic: string; readonly role: string }
  /** Postgres could not say what the policies on `realtime.messages` allow: one raised an error, or the role is not there. */
  'realtime.policy-failed': { readonly topic: string; readonly role: string; readonly message: string }
  /** No policy lets it write. */
  'realtime.write-unauthorized': { readonly topic: string; readonly role: string }
  'realtime.presence-malformed': { readonly reason: string }
  /** Replay is asked of a public channel, or with parameters that mean nothing. */
  'realtime.replay-impossible': { readonly reason: string }
  /** An item of `postgres_changes` that cannot be subscribed: what is wrong with it. */
  'realtime.subscription-invalid': { readonly reason: string }
  /** An item of `postgres_changes` that names a table which is not there. */
  'realtime.table-missing': { readonly schema: string; readonly table: string }
  /** Changes cannot be had from this Postgres: why, and the SQL that would give them. */
  'realtime.feed-unavailable': { readonly reason: string; readonly grant: string | null }
  /** More bytes wait for a client than may; it is closed for it. */
  'realtime.client-too-slow': { readonly limit: number }
  /** A broadcast over HTTP: what is wrong, field by field. */
  'realtime.broadcast-invalid': { readonly errors: object }
  /** Neither JSON nor bytes. */
  'realtime.media-type-unsupported': { readonly mediaType: string }
  /** Messages per second, over HTTP. */
  'realtime.api-rate-reached': { readonly limit: number }
  /** A batch that would take the process beyond its messages per second. */
  'realtime.batch-too-large': { readonly limit: number }
  /** What upstream's gateway keeps to itself. */
  'realtime.path-forbidden': { readonly path: string }
}
