// A Postgres as somebody brings it: no bootstrap has touched it, and its users may do little.

import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

import { withClient } from '../../server/src/database/engines/with-client.ts'
import { startEmbedded } from '../../server/src/database/engines/embedded/start-embedded.ts'
import { type ConnectionSettings, connectionUrl } from '../../server/src/database/engines/engine.ts'

export interface UntouchedCluster {
  /** As its first superuser. */
  readonly admin: ConnectionSettings
  /** Where its data is. */
  readonly folder: string
  /** The address for a user whose password is her name. */
  urlOf(user: string, database: string): string
  stop(): Promise<void>
}

/** Starts one of its own, and runs statements in it as a superuser: they make users and databases. */
export async function startUntouchedCluster(statements: readonly string[]): Promise<UntouchedCluster> {
  const folder = mkdtempSync(join(tmpdir(), 'tenon-limited-'))
  chmodSync(folder, 0o755)
  const engine = await startEmbedded({ folder: join(folder, 'postgres'), port: 0, durable: false })
  const { port, folder: data } = engine.status()
  if (data === null) throw new Error('A cluster that was just started has no folder.')
  const cluster: UntouchedCluster = {
    admin: engine.adminConnection(),
    folder: data,
    urlOf: (user, database) => connectionUrl({ host: '127.0.0.1', port, user, password: user, database }),
    stop: async () => {
      await engine.stop()
      // Where root runs the tests, the cluster runs as another user, in a folder of that user's.
      if (!data.startsWith(folder)) rmSync(dirname(data), { recursive: true, force: true })
      rmSync(folder, { recursive: true, force: true })
    },
  }
  const preparing = withClient(cluster.admin, async (client) => {
    for (const statement of statements) await client.query(statement)
  })
  await preparing.catch(async (error: unknown) => {
    await cluster.stop()
    throw error
  })
  return cluster
}
