// Where Studio's built page is: beside the module of a published package, or where the workspace builds it.

import { existsSync } from 'node:fs'
import { join } from 'node:path'

const places = [
  join(import.meta.dirname, 'studio'),
  join(import.meta.dirname, '..', '..', '..', '..', 'studio', 'dist'),
] as const

/** The folder that holds `index.html`; null where the page is not built. Asked anew each time: one may build it now. */
export function pageFolder(folders: readonly string[] = places): string | null {
  return folders.find((folder) => existsSync(join(folder, 'index.html'))) ?? null
}
