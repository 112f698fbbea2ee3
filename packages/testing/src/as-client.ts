// One connection to a Postgres, for as long as somebody uses it.

import { Client } from 'pg'

import type { ConnectionSettings } from '../../server/src/database/engines/engine.ts'

/** Uses a connection and ends it, whatever happens. */
export async function asClient<Result>(
  settings: ConnectionSettings,
  use: (client: Client) => Promise<Result>,
): Promise<Result> {
  const client = new Client(settings)
  await client.connect()
  try {
    return await use(client)
  } finally {
    await client.end()
  }
}
