// Parts that are larger than memory should hold, on the disk of this machine until the store has them: stores want to
// know the size beforehand.

import { createHash } from 'node:crypto'
import { mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'

import { onDisk } from '../../files/disk.ts'

export interface Spooled extends AsyncDisposable {
  readonly size: number
  /** Hex. */
  readonly md5: string
  /** The bytes from the beginning, as often as wanted. */
  open(): Readable
}

/** The file has no name from the beginning, so that nothing is left of it whatever happens. */
export async function spool(batches: AsyncIterable<Buffer>): Promise<Spooled> {
  const folder = await onDisk(mkdtemp(join(tmpdir(), 'tenon-part-')))
  const file = await onDisk(open(join(folder, 'part'), 'wx+', 0o600))
  try {
    await onDisk(rm(folder, { recursive: true }))
    const md5 = createHash('md5')
    let size = 0
    for await (const batch of batches) {
      const writing = file.appendFile(batch)
      md5.update(batch)
      size += batch.length
      await onDisk(writing)
    }
    return {
      size,
      md5: md5.digest('hex'),
      open: () => file.createReadStream({ start: 0, autoClose: false }),
      [Symbol.asyncDispose]: async () => await file.close(),
    }
  } catch (error) {
    await file.close()
    throw error
  }
}
