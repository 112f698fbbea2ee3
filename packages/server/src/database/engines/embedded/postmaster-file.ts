// Reads `postmaster.pid`, by which Postgres says who serves a data folder and whether it is ready.

import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { commandOf, isAlive } from './processes.ts'

export interface PostmasterFile {
  readonly pid: number
  readonly port: number | null
  /** `starting`, `stopping`, `ready` or `standby`; null until Postgres has written it. */
  readonly state: string | null
}

/** Stands in a disarmed file. No system gives so high a process id. */
const nobody = 2 ** 31 - 2

/** The eight lines Postgres documents: pid, folder, start, port, socket folder, address, shared memory, state. Null for a disarmed file. */
export function parsePostmasterFile(text: string): PostmasterFile | null {
  const lines = text.split('\n').map((line) => line.trim())
  const pid = Math.abs(Number(lines[0]))
  if (!Number.isInteger(pid) || pid === 0 || pid === nobody) return null
  return { pid, port: Number(lines[3]) || null, state: lines[7] ?? null }
}

export async function readPostmasterFile(data: string): Promise<PostmasterFile | null> {
  const text = await readFile(join(data, 'postmaster.pid'), 'utf8').catch(() => null)
  return text === null ? null : parsePostmasterFile(text)
}

/**
 * Whether the process that `postmaster.pid` names is alive and really serves this folder: an id is used again, by
 * any program. Where the system does not tell a command line, an id that is alive is believed.
 */
export async function isServing(data: string, file: PostmasterFile): Promise<boolean> {
  if (!isAlive(file.pid)) return false
  const command = await commandOf(file.pid)
  return process.platform === 'win32' || (command?.includes(`-D ${data}`) ?? false)
}

/**
 * Lets a new Postgres past the lock files of one that is gone. It passes over them by itself unless their process id
 * is in use again by another program of the same user. `postmaster.pid` is not removed, only told another id: by the
 * rest of it Postgres sees whether processes of a killed server still work on the data.
 */
export async function disarmStaleLocks(data: string): Promise<void> {
  const path = join(data, 'postmaster.pid')
  const text = await readFile(path, 'utf8').catch(() => null)
  if (text !== null) await writeFile(path, text.replace(/^-?\d+/, String(nobody)))
  const sockets = (await readdir(data)).filter((name) => name.startsWith('.s.PGSQL.'))
  for (const name of sockets) await rm(join(data, name), { force: true })
}
