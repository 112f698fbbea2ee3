// One server to a data folder. The lock is a file beside the folder that names its holder; a holder that died
// leaves the file behind, and the next one sees by the process's id and birth that it is stale.

import { link, readFile, rename, rm, writeFile } from 'node:fs/promises'

import { Refusal } from '../../../refusal/refusal.ts'
import { birthOf, isAlive } from './processes.ts'

interface Holder {
  readonly pid: number
  /** What `birthOf` said about the holder. */
  readonly birth: string | null
  /** The port its Postgres listens on. */
  readonly port: number
}

export interface FolderLock {
  readonly release: () => Promise<void>
}

/** Refuses with `engine.already-running` while another living process holds the lock. */
export async function lockFolder(folder: string, port: number): Promise<FolderLock> {
  const path = `${folder}.lock`
  const aside = `${path}.${process.pid}.${crypto.randomUUID()}`
  const mine: Holder = { pid: process.pid, birth: await birthOf(process.pid), port }
  try {
    await writeFile(aside, JSON.stringify(mine))
    for (;;) {
      if (await linked(aside, path)) return { release: async () => await rm(path, { force: true }) }
      const holder = await readHolder(path)
      if (holder !== null && (await isHeld(holder))) throw alreadyRunning(folder, holder)
      await setStaleAside(path, holder)
    }
  } finally {
    await rm(aside, { force: true })
  }
}

/** Linking, unlike renaming, fails when the name is taken: one of several starters wins. */
async function linked(from: string, to: string): Promise<boolean> {
  return await link(from, to).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'EEXIST') return false
      throw error
    },
  )
}

async function readHolder(path: string): Promise<Holder | null> {
  const text = await readFile(path, 'utf8').catch(() => '')
  try {
    return JSON.parse(text) as Holder
  } catch {
    return null
  }
}

async function isHeld(holder: Holder): Promise<boolean> {
  if (!Number.isInteger(holder.pid) || !isAlive(holder.pid)) return false
  return holder.birth === null || holder.birth === (await birthOf(holder.pid))
}

/** Between looking and removing, somebody else may have taken the lock: what was set aside by mistake is put back. */
async function setStaleAside(path: string, seen: Holder | null): Promise<void> {
  const stale = `${path}.stale.${crypto.randomUUID()}`
  const moved = await rename(path, stale).then(
    () => true,
    () => false,
  )
  if (!moved) return
  const holder = await readHolder(stale)
  if (JSON.stringify(holder) !== JSON.stringify(seen)) await linked(stale, path)
  await rm(stale, { force: true })
}

function alreadyRunning(folder: string, holder: Holder): Refusal<'engine.already-running'> {
  return new Refusal(
    'engine.already-running',
    { folder, pid: holder.pid, port: holder.port },
    { fix: `Use the one that runs (process ${holder.pid}), or end it first: tenon stop.` },
  )
}
