// Looks at a data folder before anything is started on it: is it new, is it ours to serve, did an earlier server
// leave something running or lying about.

import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'

import { Refusal } from '../../../refusal/refusal.ts'
import { isServing, readPostmasterFile, disarmStaleLocks } from './postmaster-file.ts'
import { isAlive } from './processes.ts'
import type { Runner } from './runner.ts'

/** The major version of the embedded binaries, as Postgres writes it into PG_VERSION. */
export const supportedMajor = '18'

/** What stands in a data folder: nothing, data of a major version, or files of somebody else. */
export type FolderContent =
  | { readonly kind: 'empty' }
  | { readonly kind: 'data'; readonly major: string }
  | { readonly kind: 'foreign'; readonly found: readonly string[] }

/** `names` are the folder's entries, `versionFile` the text of PG_VERSION where it is there. */
export function classifyFolder(names: readonly string[], versionFile: string | null): FolderContent {
  if (versionFile !== null) return { kind: 'data', major: versionFile.trim() }
  return names.length === 0 ? { kind: 'empty' } : { kind: 'foreign', found: names.slice(0, 5) }
}

/**
 * Whether the folder needs to be initialised. Refuses with `engine.folder-owner`, `engine.folder-version` and
 * `engine.folder-foreign`, and changes nothing.
 */
export async function inspectFolder(data: string, runner: Runner): Promise<'empty' | 'data'> {
  const owner = await ownerOf(data)
  if (owner === null) return 'empty'
  const names = await readdir(data).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EACCES' || error.code === 'EPERM') throw wrongOwner(data, owner, runner)
    throw error
  })
  const content = classifyFolder(names, await readFile(join(data, 'PG_VERSION'), 'utf8').catch(() => null))
  if (content.kind === 'foreign') throw foreign(data, content.found)
  if (content.kind === 'empty') return 'empty'
  if (content.major !== supportedMajor) throw otherVersion(data, content.major)
  const expected = runner.identity?.uid ?? process.getuid?.()
  if (expected !== undefined && owner !== expected) throw wrongOwner(data, owner, runner)
  return 'data'
}

/** Ends what an earlier server left running on the folder, fast and clean, and takes the force of its lock files. */
export async function clearLeftovers(data: string): Promise<void> {
  await endLeftover(data)
  await disarmStaleLocks(data)
}

/** Only the first half of it: what still answers on the folder's sockets afterwards is no Postgres of ours. */
export async function endLeftover(data: string): Promise<void> {
  const file = await readPostmasterFile(data)
  if (file !== null && (await isServing(data, file))) {
    process.kill(file.pid, 'SIGINT')
    await untilGone(file.pid)
  }
}

/** Waits for a process that is no child of ours, so that its end must be looked for. */
export async function untilGone(pid: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const deadline = Date.now() + 30_000
  const timer = setInterval(() => {
    if (isAlive(pid) && Date.now() < deadline) return
    clearInterval(timer)
    resolve()
  }, 10)
  await promise
}

async function ownerOf(data: string): Promise<number | null> {
  return await stat(data).then(
    ({ uid }) => uid,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return null
      throw error
    },
  )
}

function wrongOwner(folder: string, owner: number, runner: Runner): Refusal<'engine.folder-owner'> {
  return new Refusal(
    'engine.folder-owner',
    { folder, owner: `user id ${owner}`, runner: runner.name },
    { fix: `Run as the owner of ${folder}, or hand it over: sudo chown -R ${runner.name} '${folder}'.` },
  )
}

function otherVersion(folder: string, found: string): Refusal<'engine.folder-version'> {
  return new Refusal(
    'engine.folder-version',
    { folder, found, supported: supportedMajor },
    {
      fix:
        `Nothing was changed. Dump the data with the Tenon that wrote it (or any Postgres ${found}) and load it into ` +
        `a new folder, or move '${folder}' away to start with an empty database.`,
    },
  )
}

function foreign(folder: string, found: readonly string[]): Refusal<'engine.folder-foreign'> {
  return new Refusal(
    'engine.folder-foreign',
    { folder, found },
    { fix: `Nothing was changed. Move these files away, or choose another data folder than '${folder}'.` },
  )
}
