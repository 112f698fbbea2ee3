// Which project a command is about: the folder that holds `supabase/`.

import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

/**
 * The folder named by `--project`; else this folder where it has `supabase/`; else what the nearest
 * package.json above names under `tenon.project`; else this folder.
 */
export function findProject(named: string | undefined, folder: string): string {
  if (named !== undefined) return resolve(folder, named)
  if (existsSync(join(folder, 'supabase'))) return folder
  return namedByPackage(folder) ?? folder
}

function namedByPackage(folder: string): string | null {
  const file = join(folder, 'package.json')
  if (existsSync(file)) {
    const manifest = JSON.parse(readFileSync(file, 'utf8')) as { tenon?: { project?: unknown } }
    const project = manifest.tenon?.project
    if (typeof project === 'string') return resolve(folder, project)
  }
  const parent = resolve(folder, '..')
  return parent === folder ? null : namedByPackage(parent)
}
