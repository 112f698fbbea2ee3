// The settings of an embedded Postgres. They stand in a file of ours that `postgresql.conf` includes first, so that
// what the operator writes there or sets with ALTER SYSTEM wins.

import { chown, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import type { Runner } from './runner.ts'

const fileName = 'tenon.conf'
const includeLine = `include_if_exists '${fileName}'\n`

/** Sized for a workstation: little memory at rest, enough connections for the server and a few tools. */
const settings: Readonly<Record<string, string>> = {
  shared_buffers: '64MB',
  max_connections: '100',
  jit: 'off',
  io_method: 'sync',
  max_wal_size: '512MB',
  min_wal_size: '64MB',
  wal_level: 'logical',
  max_wal_senders: '10',
  max_replication_slots: '10',
  shared_preload_libraries: 'pg_stat_statements',
  autovacuum_max_workers: '2',
  password_encryption: 'scram-sha-256',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_line_prefix: '%m [%p] %q%u@%d ',
  lc_messages: 'C',
}

/** Nothing survives a crash: for tests only. */
const withoutDurability: Readonly<Record<string, string>> = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
}

export interface SettingsOptions {
  readonly durable: boolean
  /** How much WAL a replication slot that nobody reads may hold back. Bytes. */
  readonly slotWalKeep: number
}

/** Writes the settings into a data folder; the first time, `postgresql.conf` learns of them too. */
export async function writeServerSettings(data: string, options: SettingsOptions, runner: Runner): Promise<void> {
  const keep = { max_slot_wal_keep_size: `${Math.ceil(options.slotWalKeep / 1024 ** 2)}MB` }
  const all = { ...settings, ...keep, ...(!options.durable && withoutDurability) }
  const lines = Object.entries(all).map(([name, value]) => `${name} = '${value}'\n`)
  const path = join(data, fileName)
  await writeFile(path, `# Written at each start. Put your own settings into postgresql.conf.\n${lines.join('')}`, {
    mode: 0o600,
  })
  if (runner.identity !== null) await chown(path, runner.identity.uid, runner.identity.gid)
  const main = join(data, 'postgresql.conf')
  const text = await readFile(main, 'utf8')
  if (!text.includes(includeLine)) await writeFile(main, includeLine + text)
}
