// What to make of an error that keeps the feed from reading, or ended it.

import { DatabaseError } from 'pg'

import { identifier } from '../../../../database/sql.ts'

export type Failure =
  /** Passes by itself: Postgres restarts, the network is away, a peer was faster. */
  | { readonly kind: 'passing'; readonly reason: string }
  /** Another walsender reads the slot. */
  | { readonly kind: 'in-use' }
  /** The slot is of no use any more: why. */
  | { readonly kind: 'defect'; readonly reason: string }
  | { readonly kind: 'unavailable'; readonly reason: string; readonly grant: string | null }

/** By SQLSTATE. `user` is who signs in for replication. */
const judgements: Readonly<Record<string, (reason: string, user: string) => Failure>> = {
  // object_in_use
  '55006': () => ({ kind: 'in-use' }),
  // insufficient_privilege
  '42501': (reason, user) =>
    unavailable(`Role ${user} may not read the log: ${reason}.`, `alter role ${identifier(user)} replication;`),
  // configuration_limit_exceeded
  '53400': (reason) =>
    unavailable(
      `Postgres has no replication slot left: ${reason}.`,
      'alter system set max_replication_slots = 20; -- and restart Postgres',
    ),
  // too_many_connections
  '53300': senderLimit,
  // object_not_in_prerequisite_state, undefined_object
  '55000': slotDefect,
  '42704': slotDefect,
  // invalid_authorization_specification, invalid_password
  '28000': notLetIn,
  '28P01': notLetIn,
}

/** Takes whatever was thrown. */
export function judgeFailure(error: unknown, user: string): Failure {
  const reason = error instanceof Error ? error.message : String(error)
  const judge = error instanceof DatabaseError ? judgements[error.code ?? ''] : undefined
  return judge?.(reason, user) ?? { kind: 'passing', reason }
}

/** Ordinary connections that are used up come free again. */
function senderLimit(reason: string): Failure {
  if (!reason.includes('max_wal_senders')) return { kind: 'passing', reason }
  return unavailable(
    `Postgres has no connection for replication left: ${reason}.`,
    'alter system set max_wal_senders = 20; -- and restart Postgres',
  )
}

/**
 * A publication that did not exist when a change was made cannot be asked about that change (Postgres before 18): such a
 * slot never gets past it. A slot that was dropped meanwhile is found missing by the next survey.
 */
function slotDefect(reason: string): Failure {
  if (reason.includes('publication')) {
    return { kind: 'defect', reason: 'a publication was dropped and made again, and what came between cannot be read' }
  }
  if (reason.includes('can no longer')) return { kind: 'defect', reason: 'the replication slot was invalidated' }
  return { kind: 'passing', reason }
}

function notLetIn(reason: string, user: string): Failure {
  return unavailable(`Postgres does not let role ${user} in for replication: ${reason}.`, null)
}

function unavailable(reason: string, grant: string | null): Failure {
  return { kind: 'unavailable', reason, grant }
}
