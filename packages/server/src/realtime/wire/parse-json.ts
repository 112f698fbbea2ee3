// JSON of a client, in bounds: what goes too deep can be read, but nobody could print it again without running out of
// stack.

import { Refusal } from '../../refusal/refusal.ts'

/** Arrays and objects within each other; as many as a REST request may have by default. */
const DEEPEST = 256

/** Refuses `realtime.message-malformed`; `what` begins the sentence that says so. */
export function parseJson(data: Buffer, what: string): unknown {
  if (data.length > 2 * DEEPEST && isDeep(data)) {
    throw malformed(`${what} goes deeper than ${DEEPEST} levels`)
  }
  try {
    return JSON.parse(data.toString('utf8'))
  } catch (error) {
    throw malformed(`${what} is not JSON`, error)
  }
}

const [QUOTE, BACKSLASH] = [0x22, 0x5c]
const OPENING: ReadonlySet<number> = new Set([0x5b, 0x7b])
const CLOSING: ReadonlySet<number> = new Set([0x5d, 0x7d])

function isDeep(data: Buffer): boolean {
  let depth = 0
  let inText = false
  for (let index = 0; index < data.length; index += 1) {
    const byte = data[index] ?? 0
    if (inText) {
      if (byte === BACKSLASH) index += 1
      else if (byte === QUOTE) inText = false
    } else if (byte === QUOTE) inText = true
    else if (OPENING.has(byte)) {
      depth += 1
      if (depth > DEEPEST) return true
    } else if (CLOSING.has(byte)) depth -= 1
  }
  return false
}

function malformed(reason: string, cause?: unknown): Refusal {
  return new Refusal('realtime.message-malformed', { reason }, cause === undefined ? {} : { cause })
}
