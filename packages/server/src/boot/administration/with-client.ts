// One connection for one piece of administration.

import { Client } from 'pg'

import type { ConnectionSettings } from '../../database/engines/engine.ts'

/** Runs `work` on a connection of its own. */
export async function withClient<Result>(
  settings: ConnectionSettings,
  work: (client: Client) => Promise<Result>,
): Promise<Result> {
  const client = new Client(settings)
  // A loss reaches whoever waits for a statement; unheard, the same news would end the process.
  client.on('error', () => {})
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
