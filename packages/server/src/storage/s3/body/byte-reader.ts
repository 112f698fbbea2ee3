// Reads lines and counted bytes from chunks of any size, holding no more than a line or one chunk.

import { Refusal } from '../../../refusal/refusal.ts'

const LINE_FEED = 0x0a
const CARRIAGE_RETURN = 0x0d

export interface ByteReader {
  /** Without its CRLF; null at the end. Refuses with `s3.body-malformed` a longer one, and one that does not end. */
  line(limit: number): Promise<string | null>
  /** The next bytes, at most `most` of them; null at the end. */
  bytes(most: number): Promise<Buffer | null>
}

export function createByteReader(source: AsyncIterator<Buffer>): ByteReader {
  let held: Buffer = Buffer.alloc(0)
  const fill = async (): Promise<boolean> => {
    while (held.length === 0) {
      const next = await source.next()
      if (next.done === true) return false
      held = next.value
    }
    return true
  }
  return {
    async line(limit) {
      let read = Buffer.alloc(0)
      for (;;) {
        if (!(await fill())) {
          if (read.length === 0) return null
          throw malformed('A line of its framing does not end')
        }
        const end = held.indexOf(LINE_FEED)
        const taken = end === -1 ? held : held.subarray(0, end)
        if (read.length + taken.length > limit) throw malformed('A line of its framing is too long')
        read = Buffer.concat([read, taken])
        held = held.subarray(end === -1 ? held.length : end + 1)
        if (end !== -1) return withoutReturn(read)
      }
    },
    async bytes(most) {
      if (!(await fill())) return null
      const taken = held.subarray(0, most)
      held = held.subarray(taken.length)
      return taken
    },
  }
}

function withoutReturn(line: Buffer): string {
  if (line.at(-1) !== CARRIAGE_RETURN) throw malformed('A line of its framing does not end with CRLF')
  return line.subarray(0, -1).toString('latin1')
}

function malformed(reason: string): Refusal {
  return new Refusal('s3.body-malformed', { reason })
}
