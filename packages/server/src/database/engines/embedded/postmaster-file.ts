// Reads `postmaster.pid`, by which Postgres says who serves a data folder and whether it is ready.

import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'

import { commandOf, isAlive } from './processes.ts'

export interface PostmasterFile {
  readonly pid: number
  readonly port: number | null
  /** `starting`, `stopping`, `ready` or `standby`; null until Postgres has written it. */
  readonly state: string | null
}

/** The eight lines Postgres documents: pid, folder, start, port, socket folder, address, shared memory, state. */
export function parsePostmasterFile(text: string): PostmasterFile | null {
  const lines = text.split('\n').map((line) => line.trim())
  const pid = Math.abs(Number(lines[0]))
  if (!Number.isInteger(pid) || pid === 0) return null
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
  return process.platform === 'win32' || (command !== null && /postgres/.test(command) && command.includes(data))
}

/**
 * Removes lock files of a Postgres that is gone. Postgres does so itself unless the id is in use again by another
 * process of the same user; then it would refuse to start.
 */
export async function removeStaleLocks(data: string): Promise<void> {
  const names = (await readdir(data)).filter((name) => name === 'postmaster.pid' || name.startsWith('.s.PGSQL.'))
  for (const name of names) await rm(join(data, name), { force: true })
}
