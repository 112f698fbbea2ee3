// Removes files that were given up.

import { opendir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'

import { onDisk, whereThere } from '../disk.ts'

/** Those to which nothing was written since `before`, in milliseconds since 1970; how many. */
export async function sweepFolder(folder: string, before: number): Promise<number> {
  let swept = 0
  for await (const { name } of await onDisk(opendir(folder))) {
    const path = join(folder, name)
    const found = await whereThere(stat(path))
    if (found === null || found.mtimeMs >= before) continue
    await onDisk(rm(path, { force: true }))
    swept += 1
  }
  return swept
}
