// Data folders that stand outside their project because Postgres' user cannot reach it. Each records which project it
// is for, so that one whose project's state was deleted can go too: deleting `.tenon` is a full reset.

import { lstat, readdir, readFile, readlink, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, sep } from 'node:path'

import { isServing, readPostmasterFile } from './postmaster-file.ts'

interface Mark {
  readonly kind: 'tenon-data'
  /** Where the project wants its data, usually `<project>/.tenon/postgres`; there stands a link to here. */
  readonly folder: string
  /** The device of the folder that holds the project, which tells a deleted project from one that is not mounted. */
  readonly device: number
}

const markName = 'project.json'
const homeName = /^[0-9a-f]{12}-[0-9a-f]{6}$/
/** Milliseconds since its last start for which a project that is gone may have been moved rather than deleted. */
const patience = 30 * 24 * 3600 * 1000

/** Notes that `home` holds the data of the project folder `folder`, at each start. */
export async function markHome(home: string, folder: string): Promise<void> {
  const { dev } = await stat(dirname(dirname(dirname(folder))))
  const mark: Mark = { kind: 'tenon-data', folder, device: dev }
  await writeFile(join(home, markName), JSON.stringify(mark), { mode: 0o644 })
}

/**
 * Removes homes that no project refers to any more. Homes without a mark, of another owner, with a running Postgres,
 * or whose project cannot be looked at are left alone.
 */
export async function sweepHomes(commonFolders: readonly string[], now: number): Promise<void> {
  for (const common of commonFolders) {
    const names = await readdir(common).catch(() => [])
    for (const name of names.filter((found) => homeName.test(found))) {
      const home = join(common, name)
      if (await isAbandoned(home, now).catch(() => false)) await rm(home, { recursive: true, force: true })
    }
  }
}

async function isAbandoned(home: string, now: number): Promise<boolean> {
  const { uid } = await lstat(home)
  if (uid !== process.getuid?.()) return false
  const path = join(home, markName)
  const mark = JSON.parse(await readFile(path, 'utf8')) as Mark
  if (mark.kind !== 'tenon-data' || (await isRunning(join(home, 'postgres')))) return false
  const state = dirname(mark.folder)
  if (await exists(state)) return await pointsElsewhere(mark.folder, join(home, 'postgres'))
  const project = dirname(state)
  if ((await stat(dirname(project))).dev !== mark.device) return false
  if (await exists(project)) return true
  const { mtimeMs } = await stat(path)
  return project.startsWith(tmpdir() + sep) || now - mtimeMs > patience
}

async function isRunning(data: string): Promise<boolean> {
  const file = await readPostmasterFile(data)
  return file !== null && (await isServing(data, file))
}

async function pointsElsewhere(link: string, data: string): Promise<boolean> {
  return (await readlink(link)) !== data
}

/** Fails where the file system does not tell. */
async function exists(path: string): Promise<boolean> {
  return await lstat(path).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return false
      throw error
    },
  )
}
