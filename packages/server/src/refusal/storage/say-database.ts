// What Postgres refuses, by its SQLSTATE, and not reaching it.

import type { PostgresRefusals } from '../vocabulary/postgres.ts'
import { say, type Sayings, type StorageSaid, sayTruly } from './said.ts'

export const databaseSayings: Sayings<keyof PostgresRefusals> = {
  'postgres.error': ({ sqlstate, message, detail }) => sayError(sqlstate, message, detail),
  'postgres.unreachable': () => unreachable('The database cannot be reached'),
  'postgres.connection-lost': () => unreachable('The connection to the database was lost'),
  'postgres.pool-timeout': () =>
    sayTruly(544, 'DatabaseTimeout', 'DatabaseTimeout', 'No connection to the database became free'),
  'postgres.response-headers-invalid': () =>
    say(500, 'DatabaseError', 'DatabaseError', 'response.headers is not understood'),
  'postgres.response-status-invalid': () =>
    say(500, 'DatabaseError', 'DatabaseError', 'response.status is not understood'),
}

function sayError(sqlstate: string, message: string, detail: string | null): StorageSaid {
  if (sqlstate === '23503') return isStillNamed(detail) ? referenced(detail) : unrelated
  const known = byState[sqlstate]
  return known === undefined ? unknown(sqlstate) : known(message)
}

const byState: Readonly<Record<string, (message: string) => StorageSaid>> = {
  // A text with U+0000, which Postgres does not hold, and a number that is too large.
  '22021': (message) => say(400, 'InvalidParameter', 'InvalidParameter', message),
  '22003': (message) => say(400, 'InvalidParameter', 'InvalidParameter', message),
  '42501': (message) => say(403, 'Unauthorized', 'AccessDenied', withoutTable(message)),
  '23505': () => say(409, 'Duplicate', 'ResourceAlreadyExists', 'The resource already exists'),
  '55P03': () => say(423, 'ResourceLocked', 'ResourceLocked', 'The resource is locked'),
  '57014': () => sayTruly(544, 'DatabaseTimeout', 'DatabaseTimeout', 'The connection to the database timed out'),
  '25006': () =>
    say(
      503,
      'DatabaseReadOnly',
      'DatabaseReadOnly',
      'The database is currently in read-only mode. Please try again later.',
    ),
  '42P17': () =>
    say(
      503,
      'DatabaseInvalidObjectDefinition',
      'DatabaseInvalidObjectDefinition',
      'The database schema is invalid or incompatible.',
    ),
  '22023': (message) =>
    /^role ".*" does not exist$/s.test(message) ? say(403, 'Unauthorized', 'AccessDenied', message) : unknown('22023'),
  '22P02': (message) => say(400, 'InvalidParameter', 'InvalidParameter', message),
  '42703': (message) => mismatch(message),
  '42P01': (message) => mismatch(message),
}

const unrelated = say(404, 'InvalidRequest', 'InvalidRequest', 'The related resource does not exist')

/** Postgres' detail of a row that others refer to; in another language than English it is taken for the other way round. */
function isStillNamed(detail: string | null): detail is string {
  return detail?.includes('is still referenced from table') ?? false
}

function referenced(detail: string): StorageSaid {
  const message = detail.includes('s3_multipart_uploads')
    ? 'The bucket could not be updated because it is referenced by a pending multipart upload.'
    : 'The resource could not be updated or removed due to a foreign key constraint'
  return say(409, 'ResourceReferenced', 'ResourceReferenced', message)
}

function unknown(sqlstate: string): StorageSaid {
  return sayTruly(500, 'DatabaseError', 'DatabaseError', `database error, code: ${sqlstate}`)
}

function mismatch(message: string): StorageSaid {
  const reason = `The database schema is not what Storage expects: ${message}`
  return say(503, 'DatabaseSchemaMismatch', 'DatabaseSchemaMismatch', reason)
}

/** Upstream says it without the table, and without which expression. */
function withoutTable(message: string): string {
  const violation = 'new row violates row-level security policy'
  return message.includes('row-level security') ? violation : message
}

function unreachable(message: string): StorageSaid {
  return sayTruly(503, 'Unavailable', 'DatabaseUnavailable', message)
}
