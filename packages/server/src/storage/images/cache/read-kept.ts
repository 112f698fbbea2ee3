// What a folder of rendered images holds, found again after a restart.

import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'

import { isResultFormat, type ResultFormat } from '../transformation/image-format.ts'

export interface KeptFile {
  readonly path: string
  readonly format: ResultFormat
  readonly size: number
  /** Milliseconds since 1970. */
  readonly usedAt: number
}

const FORM = /^([0-9a-f]+)-(\d+)\.([a-z]+)$/

/**
 * By key, the longest unused first. A file that is not as long as its name says was cut off by a crash of the machine and
 * is removed.
 */
export async function readKept(folder: string): Promise<Map<string, KeptFile>> {
  const found: (readonly [string, KeptFile])[] = []
  for (const shelf of await readdir(folder, { withFileTypes: true })) {
    if (!shelf.isDirectory() || shelf.name === 'unfinished') continue
    for (const name of await readdir(join(folder, shelf.name))) {
      const file = await readFile(join(folder, shelf.name, name), name)
      if (file !== null) found.push(file)
    }
  }
  return new Map(found.toSorted(([, one], [, other]) => one.usedAt - other.usedAt))
}

async function readFile(path: string, name: string): Promise<readonly [string, KeptFile] | null> {
  const [, key = '', digits = '', format = ''] = FORM.exec(name) ?? []
  const { size, mtimeMs } = await stat(path)
  if (isResultFormat(format) && size === Number(digits)) return [key, { path, format, size, usedAt: mtimeMs }]
  await rm(path, { force: true, recursive: true })
  return null
}
