// What Postgres refuses, by its SQLSTATE, and not reaching it.

import type { PostgresRefusals } from '../vocabulary/postgres.ts'
import { say, type Sayings, type StorageSaid, sayTruly } from './said.ts'

export const databaseSayings: Sayings<keyof PostgresRefusals> = {
  'postgres.error': ({ sqlstate, message }) => sayError(sqlstate, message),
  'postgres.unreachable': () => unreachable('The database cannot be reached'),
  'postgres.connection-lost': () => unreachable('The connection to the database was lost'),
  'postgres.pool-timeout': () =>
    sayTruly(544, 'DatabaseTimeout', 'DatabaseTimeout', 'No connection to the database became free'),
  'postgres.response-headers-invalid': () =>
    say(500, 'DatabaseError', 'DatabaseError', 'response.headers is not understood'),
  'postgres.response-status-invalid': () =>
    say(500, 'DatabaseError', 'DatabaseError', 'response.status is not understood'),
}

function sayError(sqlstate: string, message: string): StorageSaid {
  const known = byState[sqlstate]
  return known === undefined
    ? sayTruly(500, 'DatabaseError', 'DatabaseError', `${message} (${sqlstate})`)
    : known(message)
}

const byState: Readonly<Record<string, (message: string) => StorageSaid>> = {
  '42501': (message) => say(403, 'Unauthorized', 'AccessDenied', withoutTable(message)),
  '23505': () => say(409, 'Duplicate', 'ResourceAlreadyExists', 'The resource already exists'),
  '23503': () => say(404, 'not_found', 'NoSuchKey', 'The resource was not found'),
  '55P03': () => say(423, 'ResourceLocked', 'ResourceLocked', 'The resource is being written'),
  '57014': () => sayTruly(544, 'DatabaseTimeout', 'DatabaseTimeout', 'The database took too long'),
  '25006': (message) => sayTruly(503, 'Unavailable', 'DatabaseReadOnly', message),
  '22P02': (message) => say(400, 'InvalidParameter', 'InvalidParameter', message),
  '42703': (message) => say(400, 'DatabaseSchemaMismatch', 'DatabaseSchemaMismatch', message),
  '42P01': (message) => say(400, 'DatabaseSchemaMismatch', 'DatabaseSchemaMismatch', message),
}

/** Upstream says it without the table. */
function withoutTable(message: string): string {
  return message.replace(/^(new row violates row-level security policy) for table .*$/, '$1')
}

function unreachable(message: string): StorageSaid {
  return sayTruly(503, 'Unavailable', 'DatabaseUnavailable', message)
}
