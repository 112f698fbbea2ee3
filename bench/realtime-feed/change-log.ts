// A Postgres of the benchmark's own, and ways to write into its log.

import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

import { Client } from 'pg'

import { startEmbedded } from '../../packages/server/src/database/engines/embedded/start-embedded.ts'
import type { ConnectionSettings } from '../../packages/server/src/database/engines/engine.ts'

export interface ChangeLog {
  readonly settings: ConnectionSettings
  /** As Postgres prints it. */
  readonly version: string
  readonly client: Client
  /** One transaction with so many rows. */
  writeBulk(rows: number): Promise<void>
  /** So many transactions with a row each. */
  writeSingles(rows: number): Promise<void>
  /** One row; resolves once it is committed. */
  writeOne(): Promise<void>
  stop(): Promise<void>
}

const SCHEMA = `
  create table tasks (
    id bigint generated always as identity primary key, user_id text, title text, done boolean default false,
    created_at timestamptz default now(), points numeric(8, 2));
  create publication supabase_realtime for table tasks;`

const ROW = `(user_id, title, points) select 'user_' || n, 'A task as people write them, number ' || n, n / 7.0`

export async function startChangeLog(): Promise<ChangeLog> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-feed-'))
  await chmod(folder, 0o755)
  const engine = await startEmbedded({ folder: join(folder, 'postgres'), port: 0 })
  const { folder: data, version } = engine.status()
  const settings = engine.adminConnection()
  const client = new Client(settings)
  await client.connect()
  await client.query(SCHEMA)
  const insert = async (rows: number): Promise<void> => {
    await client.query(`insert into tasks ${ROW} from generate_series(1, $1::int) n`, [rows])
  }
  return {
    settings,
    version,
    client,
    writeBulk: insert,
    async writeSingles(rows) {
      // Each in a transaction of its own, without a round trip and a wait for the disk for each.
      await client.query('set synchronous_commit = off')
      await client.query(`do $$ begin
        for each in 1..${rows} loop insert into tasks ${ROW} from (values (each)) as v (n); commit; end loop;
      end $$`)
      await client.query('reset synchronous_commit')
    },
    writeOne: async () => await insert(1),
    async stop() {
      await client.end()
      await engine.stop()
      if (data !== null && !data.startsWith(folder)) await rm(dirname(data), { recursive: true, force: true })
      await rm(folder, { recursive: true, force: true })
    },
  }
}
