// The first line of a file, read ahead of the rest.

import type { Readable } from 'node:stream'

import { parse } from 'csv-parse/sync'

import { Refusal } from '../../../refusal/refusal.ts'
import type { Delimiter } from './sql/copy-sql.ts'

/** A header longer than this is none. Bytes. */
const LONGEST_HEADER = 256 * 1024
const QUOTE = 0x22
const LINE_FEED = 0x0a
const CARRIAGE_RETURN = 0x0d

export interface HeadedFile {
  readonly header: readonly string[]
  /** The whole file, header and all. */
  chunks(): AsyncGenerator<Buffer>
}

/** Refuses `platform.csv-header` for a file without one. */
export async function readHeader(file: Readable, delimiter: Delimiter): Promise<HeadedFile> {
  const rest = file.iterator({ destroyOnReturn: false }) as AsyncIterator<Buffer>
  let begin = Buffer.alloc(0)
  let end = -1
  for (let next = await rest.next(); end < 0 && begin.length < LONGEST_HEADER; next = await rest.next()) {
    if (next.done === true) {
      end = begin.length
      break
    }
    begin = Buffer.concat([begin, next.value])
    end = endOfLine(begin)
    if (end >= 0) break
  }
  if (end <= 0) throw new Refusal('platform.csv-header', { reason: 'The file has no first line with column names.' })
  return { header: fieldsOf(begin.subarray(0, end), delimiter), chunks: () => chunksOf(begin, rest) }
}

async function* chunksOf(begin: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  yield begin
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value
}

/** Where the first line ends that is not within quotes; negative while it does not. */
function endOfLine(bytes: Buffer): number {
  let quoted = false
  return bytes.findIndex((byte) => {
    if (byte === QUOTE) quoted = !quoted
    return !quoted && (byte === LINE_FEED || byte === CARRIAGE_RETURN)
  })
}

function fieldsOf(line: Buffer, delimiter: Delimiter): readonly string[] {
  try {
    return parse(line, { bom: true, delimiter })[0] ?? []
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new Refusal('platform.csv-header', { reason }, { cause: error })
  }
}
