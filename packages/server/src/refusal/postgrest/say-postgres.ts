// The PGRST0xx family, and the errors of Postgres itself, which pass through with their own code.

import type { PostgresRefusals } from '../vocabulary/postgres.ts'
import { raisedResponse } from './raised-response.ts'
import type { Circumstances, Said, Sayings } from './said.ts'
import { chosenStatus, statusOfSqlstate } from './sqlstate-status.ts'

export const postgresSayings: Sayings<keyof PostgresRefusals> = {
  'postgres.error': (detail, circumstances) => postgresError(detail, circumstances),
  'postgres.unreachable': ({ reason }) => ({
    status: 503,
    code: 'PGRST000',
    message: 'Database connection error.',
    details: reason,
  }),
  'postgres.connection-lost': ({ reason }) => ({
    status: 503,
    code: 'PGRST001',
    message: 'Database client error. Retrying the connection.',
    details: reason,
  }),
  'postgres.pool-timeout': () => ({
    status: 504,
    code: 'PGRST003',
    message: 'Timed out acquiring connection from connection pool.',
  }),
  'postgres.response-headers-invalid': () => ({
    status: 500,
    code: 'PGRST111',
    message: 'response.headers guc must be a JSON array composed of objects with a single key and a string value',
  }),
  'postgres.response-status-invalid': () => ({
    status: 500,
    code: 'PGRST112',
    message: 'response.status guc must be a valid status code',
  }),
}

function postgresError(error: PostgresRefusals['postgres.error'], { anonymousRole }: Circumstances): Said {
  const { sqlstate, message, detail, hint, role } = error
  if (sqlstate === 'PGRST') return raisedResponse(message, detail)
  const status = statusOfSqlstate(sqlstate, message, role === null || role === anonymousRole)
  return {
    status,
    ...(chosenStatus(sqlstate) === status ? { statusText: message } : {}),
    code: sqlstate,
    message,
    details: detail,
    hint,
    headers: status === 401 ? [['WWW-Authenticate', 'Bearer']] : [],
  }
}
