// Blobs as files: written under a temporary name, synced, renamed.

import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { copyFile, mkdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'

import { Refusal } from '../../../refusal/refusal.ts'
import type { BlobId, Blobs } from '../blobs.ts'

type Files = Pick<Blobs, 'write' | 'read' | 'stat' | 'copy' | 'remove' | 'close'>

/** Opens the folder, which is made where it is missing. */
export async function openFiles(folder: string): Promise<Files> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const pathOf = (id: BlobId): string => join(folder, id.slice(0, 2), id)
  const statOf: Blobs['stat'] = async (id) => {
    const found = await stat(pathOf(id)).catch(() => null)
    return found === null ? null : { id, size: found.size, writtenAt: found.mtimeMs }
  }
  return {
    stat: statOf,
    close: async () => {},
    async write(id, bytes, limit) {
      const path = pathOf(id)
      await mkdir(dirname(path), { recursive: true })
      const hash = createHash('md5')
      let size = 0
      const measure = async function* (source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
        for await (const chunk of source) {
          size += chunk.length
          if (size > limit) throw new Refusal('storage.too-large', { limit })
          hash.update(chunk)
          yield chunk
        }
      }
      try {
        await pipeline(bytes, measure, createWriteStream(`${path}.part`, { flush: true }))
        await rename(`${path}.part`, path)
      } catch (error) {
        await rm(`${path}.part`, { force: true })
        throw error
      }
      return { size, etag: hash.digest('hex') }
    },
    async read(id, range) {
      const path = pathOf(id)
      if ((await statOf(id)) === null) return null
      return createReadStream(path, range)
    },
    async copy(from, to) {
      if ((await statOf(from)) === null) return false
      await mkdir(dirname(pathOf(to)), { recursive: true })
      await copyFile(pathOf(from), pathOf(to))
      return true
    },
    async remove(ids) {
      await Promise.all(ids.map(async (id) => await rm(pathOf(id), { force: true })))
    },
  }
}
