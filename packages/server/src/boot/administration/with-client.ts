// One connection for one piece of administration.

import { Client } from 'pg'

import type { ConnectionSettings } from '../../database/engines/engine.ts'

/** Runs `work` on a connection of its own. */
export async function withClient<Result>(
  settings: ConnectionSettings,
  work: (client: Client) => Promise<Result>,
): Promise<Result> {
  const client = new Client(settings)
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
