// What Postgres refuses while a channel is joined or renewed, and not reaching it.

import type { PostgresRefusals } from '../vocabulary/postgres.ts'
import { type PhoenixSaid, say, type Sayings } from './said.ts'

export const databaseSayings: Sayings<keyof PostgresRefusals> = {
  'postgres.error': ({ sqlstate, message }) => say(403, 'DatabaseError', `${message} (${sqlstate})`),
  'postgres.unreachable': () => unreachable(),
  'postgres.connection-lost': () => unreachable(),
  'postgres.pool-timeout': () => say(503, 'DatabaseLackOfConnections', 'No connection to the database became free'),
  'postgres.response-headers-invalid': () => say(500, 'DatabaseError', 'response.headers is not understood'),
  'postgres.response-status-invalid': () => say(500, 'DatabaseError', 'response.status is not understood'),
}

function unreachable(): PhoenixSaid {
  return say(503, 'UnableToConnectToProject', 'The database cannot be reached')
}
