// One connection for one piece of work.

import { Client } from 'pg'

import type { ConnectionSettings } from './engine.ts'

/** Runs `work` on a connection of its own, and ends it whatever happens. */
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
