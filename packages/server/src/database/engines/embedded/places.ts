// Settles where the binaries and the data of one embedded Postgres are: where they belong when its user can reach
// that, else in a place of ours that it can, with a link left in the project and a note for the operator.

import { createHash, randomBytes } from 'node:crypto'
import { constants, existsSync } from 'node:fs'
import {
  access,
  chmod,
  cp,
  lstat,
  mkdir,
  readdir,
  readlink,
  realpath,
  rename,
  rm,
  rmdir,
  stat,
  symlink,
} from 'node:fs/promises'
import { dirname, join } from 'node:path'

import { Refusal } from '../../../refusal/refusal.ts'
import { type Binaries, binariesIn, findBinaries, missingLinks, restoreLinks } from './binaries.ts'
import { markHome, sweepHomes } from './copied-homes.ts'
import { canEnter, canRun } from './reachable.ts'
import type { Runner } from './runner.ts'

export interface Places {
  readonly binaries: Binaries
  /** Where the data really is. */
  readonly data: string
  readonly notes: readonly string[]
}

/** Folders that outlive a reboot and that any user may pass through, best first. */
const commonFolders = ['/var/lib/tenon', '/var/tmp/tenon']

/** `folder` is where the project wants its data. Refuses with `engine.folder-unreachable` and `engine.binaries-missing`. */
export async function settlePlaces(folder: string, runner: Runner): Promise<Places> {
  await mkdir(dirname(folder), { recursive: true })
  const [binaries, data] = await Promise.all([settleBinaries(runner), settleData(folder, runner)])
  if (runner.identity !== null) await sweepHomes(commonFolders, Date.now())
  const notes = [
    ...(binaries.copied
      ? [`Postgres' binaries are copied to ${binaries.value.folder}, where user ${runner.name} can run them.`]
      : []),
    ...(data === folder ? [] : [`Postgres' data is in ${data}, as user ${runner.name} cannot reach ${folder}.`]),
  ]
  return { binaries: binaries.value, data, notes }
}

async function settleBinaries(runner: Runner): Promise<{ value: Binaries; copied: boolean }> {
  const installed = await findBinaries()
  const complete = await restoreLinks(installed.folder).then(
    () => true,
    async () => (await missingLinks(installed.folder)).length === 0,
  )
  const executable = await access(installed.postgres, constants.X_OK).then(
    () => true,
    () => false,
  )
  if (complete && executable && (await canRun(runner, installed.postgres))) return { value: installed, copied: false }
  return { value: await copyBinaries(installed, runner), copied: true }
}

/** One copy for each published version, made aside and moved into place, so that it is there whole or not at all. */
async function copyBinaries(installed: Binaries, runner: Runner): Promise<Binaries> {
  const tried: string[] = []
  for (const common of commonFoldersOf(runner)) {
    const copy = binariesIn(join(common, 'binaries', installed.label), installed.label)
    tried.push(copy.folder)
    try {
      await mkdir(dirname(copy.folder), { recursive: true, mode: 0o755 })
      if (!(await isOurs(common))) continue
      if (!existsSync(copy.folder)) await copyWhole(installed.folder, copy.folder)
      if (await canRun(runner, copy.postgres)) return copy
    } catch (error) {
      if (isFull(error)) throw error
    }
  }
  throw unreachable(installed.folder, runner, tried)
}

async function copyWhole(from: string, to: string): Promise<void> {
  const aside = `${to}.${randomBytes(4).toString('hex')}`
  try {
    await cp(from, aside, { recursive: true, verbatimSymlinks: true })
    await chmod(aside, 0o755)
    for (const program of ['initdb', 'postgres', 'pg_ctl']) await chmod(join(aside, 'bin', program), 0o755)
    await restoreLinks(aside)
    await rename(aside, to)
  } catch (error) {
    await rm(aside, { recursive: true, force: true })
    if (!existsSync(to)) throw error
  }
}

async function settleData(folder: string, runner: Runner): Promise<string> {
  const found = await lstat(folder).catch(() => null)
  if (found?.isSymbolicLink() === true) return await followLink(folder, runner)
  if (await canEnter(runner, dirname(folder))) return folder
  const tried: string[] = [folder]
  if (found !== null && (await readdir(folder)).length > 0) throw unreachable(folder, runner, tried)
  for (const common of commonFoldersOf(runner)) {
    const key = createHash('sha256').update(folder).digest('hex').slice(0, 12)
    const home = join(common, `${key}-${randomBytes(3).toString('hex')}`)
    tried.push(home)
    const made = await mkdir(home, { recursive: true, mode: 0o755 }).then(
      () => true,
      () => false,
    )
    if (!made || !(await isOurs(common)) || !(await canEnter(runner, home))) continue
    if (found !== null) await rmdir(folder)
    await markHome(home, folder)
    await symlink(join(home, 'postgres'), folder)
    return join(home, 'postgres')
  }
  throw unreachable(folder, runner, tried)
}

/** A home that was made for the project when it stood elsewhere learns its new place. */
async function followLink(folder: string, runner: Runner): Promise<string> {
  const data = await realpath(folder).catch(async () => await readlink(folder))
  const home = dirname(data)
  if (runner.identity !== null && commonFolders.includes(dirname(home)) && existsSync(home))
    await markHome(home, folder)
  return data
}

/** A folder of ours is one that nobody but us or root could have put something into. */
async function isOurs(folder: string): Promise<boolean> {
  const owner = (await stat(folder)).uid
  return owner === 0 || owner === process.getuid?.()
}

/** Without a change of user there is nobody else to make a place for, and the user's own temporary folder will do. */
function commonFoldersOf(runner: Runner): readonly string[] {
  if (runner.identity !== null) return commonFolders
  const cache =
    process.env['XDG_CACHE_HOME'] ?? (process.env['HOME'] === undefined ? null : join(process.env['HOME'], '.cache'))
  return cache === null ? ['/var/tmp/tenon'] : [join(cache, 'tenon'), '/var/tmp/tenon']
}

function unreachable(folder: string, runner: Runner, tried: readonly string[]): Refusal<'engine.folder-unreachable'> {
  return new Refusal(
    'engine.folder-unreachable',
    { folder, runner: runner.name, tried },
    { fix: `Let user ${runner.name} pass through the folders above it, or run as an ordinary user.` },
  )
}

function isFull(error: unknown): boolean {
  return error instanceof Error && (error as NodeJS.ErrnoException).code === 'ENOSPC'
}
