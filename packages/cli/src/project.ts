// Which project a command is about: the folder that holds `supabase/`.

import { existsSync, readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'

import { type DatabaseProject, readDatabaseProject } from 'tenon'

/**
 * The folder named by `--project`; else this folder where it has `supabase/`; else what the nearest
 * package.json, here or above, names under `tenon.project`; else this folder. Refuses a name that is a file's.
 */
export function findProject(named: string | undefined, folder: string): string {
  if (named !== undefined) return folderAt(resolve(folder, named))
  if (existsSync(join(folder, 'supabase'))) return folder
  return namedByPackage(folder) ?? folder
}

/** Flags of commands on the database of a project. */
export interface DatabaseFlags {
  readonly project?: string
  readonly databaseUrl?: string
}

/** The project of a command that changes a database and begins none: refuses a folder that is not there, and as its reading does. */
export function readPresentProject({ project, databaseUrl }: DatabaseFlags, folder: string): DatabaseProject {
  const found = findProject(project, folder)
  if (!existsSync(found)) throw new Error(`${found} is not there: --project names the folder that holds supabase/.`)
  return readDatabaseProject(found, process.env, { databaseUrl })
}

/** One that is not there yet is made by the start. */
function folderAt(path: string): string {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === false)
    throw new Error(`${path} is no folder: --project names the one that holds supabase/.`)
  return path
}

/** The nearest package.json decides alone; a folder it names counts only where it holds a project. */
function namedByPackage(folder: string): string | null {
  const file = join(folder, 'package.json')
  const parent = resolve(folder, '..')
  if (!existsSync(file)) return parent === folder ? null : namedByPackage(parent)
  const project = tenonProject(readFileSync(file, 'utf8'))
  const named = project === null ? null : resolve(folder, project)
  return named !== null && existsSync(join(named, 'supabase')) ? named : null
}

function tenonProject(manifest: string): string | null {
  try {
    const { tenon } = JSON.parse(manifest) as { tenon?: { project?: unknown } }
    return typeof tenon?.project === 'string' ? tenon.project : null
  } catch {
    return null
  }
}
