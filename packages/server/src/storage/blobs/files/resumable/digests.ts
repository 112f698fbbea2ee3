// MD5 of files while they grow, so that none has to be read again when it is whole; one that grew before a restart is.

import { createHash, type Hash } from 'node:crypto'
import type { FileHandle } from 'node:fs/promises'

import type { BlobId } from '../../blobs.ts'
import { onDisk } from '../disk.ts'

export interface Digests {
  /** From here on all that is written behind `offset` is told. */
  follow(id: BlobId, offset: number): { update(chunk: Buffer, size: number): void }
  /** Of its first `size` bytes; null where not all of them were told. */
  take(id: BlobId, size: number): string | null
  forget(id: BlobId): void
}

interface Followed {
  readonly hash: Hash
  size: number
}

/** A few hundred bytes each: whoever was not heard of for longest is forgotten beyond this many. */
const MOST = 10_000
const READ = 1024 * 1024

export function digests(most = MOST): Digests {
  const followed = new Map<BlobId, Followed>()
  const find = (id: BlobId, size: number): Followed | null => {
    const found = followed.get(id)
    followed.delete(id)
    return found?.size === size ? found : null
  }
  return {
    follow(id, offset) {
      const entry = find(id, offset) ?? (offset === 0 ? { hash: createHash('md5'), size: 0 } : null)
      if (entry === null) return { update: () => {} }
      followed.set(id, entry)
      for (const oldest of followed.keys()) {
        if (followed.size <= most) break
        followed.delete(oldest)
      }
      return {
        update(chunk, size) {
          entry.hash.update(chunk)
          entry.size = size
        },
      }
    },
    take: (id, size) => find(id, size)?.hash.digest('hex') ?? null,
    forget: (id) => followed.delete(id),
  }
}

/** Of all bytes of a file. */
export async function md5Of(handle: FileHandle): Promise<string> {
  const hash = createHash('md5')
  const buffer = Buffer.allocUnsafe(READ)
  for (let position = 0; ;) {
    const { bytesRead } = await onDisk(handle.read(buffer, 0, READ, position))
    if (bytesRead === 0) return hash.digest('hex')
    hash.update(buffer.subarray(0, bytesRead))
    position += bytesRead
  }
}
