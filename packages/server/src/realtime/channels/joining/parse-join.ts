// Reads the payload of `phx_join`. As upstream, what makes no sense counts as not said, so that every client joins;
// booleans may be texts.

import type { JoinConfig } from '../join-config.ts'

export interface Join {
  readonly config: JoinConfig
  /** Null where the client shows no token of its own, and the socket's key stands for it. */
  readonly token: string | null
}

type Json = Readonly<Record<string, unknown>>

/** Reads the payload; `newKey` makes the presence key of a client that names none. */
export function parseJoin(payload: unknown, newKey: () => string): Join {
  const { config, access_token: accessToken, user_token: userToken } = objectOf(payload)
  return { config: parseConfig(objectOf(config), newKey), token: tokenOf(accessToken) ?? tokenOf(userToken) }
}

/** A token that is shown, though it be empty; opaque keys, which clients send in its place, are none. */
export function tokenOf(value: unknown): string | null {
  return typeof value === 'string' && !value.startsWith('sb_') ? value : null
}

function parseConfig(config: Json, newKey: () => string): JoinConfig {
  const broadcast = objectOf(config['broadcast'])
  const presence = objectOf(config['presence'])
  const { key } = presence
  return {
    isPrivate: booleanOf(config['private']),
    broadcast: {
      ack: booleanOf(broadcast['ack']),
      self: booleanOf(broadcast['self']),
      replay: replayOf(broadcast['replay']),
      replicationReady: booleanOf(broadcast['replication_ready']),
    },
    presence: {
      key: typeof key === 'string' && key !== '' ? key : typeof key === 'number' ? String(key) : newKey(),
      enabled: presenceEnabled(presence),
    },
    needsPostgresChanges: booleanOf(objectOf(config['postgres_changes_options'])['wait']),
    postgresChanges: listOf(config['postgres_changes']),
  }
}

/** Clients older than the switch name their key and nothing else, and all of them are told. */
function presenceEnabled(presence: Json): boolean {
  return presence['enabled'] === undefined ? presence['key'] !== undefined : booleanOf(presence['enabled'])
}

function replayOf(value: unknown): JoinConfig['broadcast']['replay'] {
  if (typeof value !== 'object' || value === null) return null
  const { since, limit } = value as Json
  return { since: numberOf(since) ?? Number.NaN, limit: numberOf(limit) ?? MOST_REPLAYED }
}

/** What upstream replays at most. */
const MOST_REPLAYED = 25

function numberOf(value: unknown): number | null {
  if (typeof value === 'string' && value.trim() !== '') return Number(value)
  return typeof value === 'number' ? value : null
}

function booleanOf(value: unknown): boolean {
  return value === true || (typeof value === 'string' && value.toLowerCase() === 'true')
}

function objectOf(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {}
}

/** Nothing is left out but null: the client compares the reply with what it asked, item by item. */
function listOf(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value.filter((item) => item !== null && item !== undefined).map(objectOf) : []
}
