// What travels through NATS: who publishes and the payload, in several parts where it is larger than NATS takes at once.

const WHOLE = 1
const PART = 2
const NODE_BYTES = 16
const WHOLE_HEADER = 1 + NODE_BYTES
/** After the node: number of the message, its length, and where this part begins; each an unsigned 32-bit integer. */
const PART_HEADER = WHOLE_HEADER + 12

/** More than any payload of ours; a longer one is no message of ours. */
const LONGEST_MESSAGE = 64 * 1024 * 1024

export type Framer = (payload: Uint8Array, most: number) => readonly Buffer[]

/** Makes frames of at most `most` bytes in the name of `node`, a UUID. */
export function createFramer(node: string): Framer {
  const name = Buffer.from(node.replaceAll('-', ''), 'hex')
  let messages = 0
  return (payload, most) => {
    if (WHOLE_HEADER + payload.length <= most) return [Buffer.concat([Buffer.of(WHOLE), name, payload])]
    messages = (messages + 1) % 2 ** 32
    const size = Math.max(1, most - PART_HEADER)
    return Array.from({ length: Math.ceil(payload.length / size) }, (_, part) => {
      const header = Buffer.alloc(12)
      header.writeUInt32BE(messages, 0)
      header.writeUInt32BE(payload.length, 4)
      header.writeUInt32BE(part * size, 8)
      return Buffer.concat([Buffer.of(PART), name, header, payload.subarray(part * size, (part + 1) * size)])
    })
  }
}

interface Message {
  readonly from: string
  readonly payload: Uint8Array
}

/** What came of one subject, put together again: at most one unfinished message of each publisher is kept. */
export interface Assembler {
  /** The message that this frame completes; null for a part, and for bytes that are no frame of ours. */
  take(frame: Uint8Array): Message | null
  /** Forgets what is unfinished: of one publisher, or of all. */
  forget(node?: string): void
}

interface Unfinished {
  readonly message: number
  readonly length: number
  readonly parts: Buffer[]
  filled: number
}

export function createAssembler(): Assembler {
  const unfinished = new Map<string, Unfinished>()
  return {
    take(bytes) {
      const frame = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
      if (frame.length < WHOLE_HEADER) return null
      const from = uuidAt(frame, 1)
      if (frame[0] === WHOLE) return { from, payload: frame.subarray(WHOLE_HEADER) }
      if (frame[0] !== PART || frame.length <= PART_HEADER) return null
      const payload = completed(unfinished, from, frame)
      return payload === null ? null : { from, payload }
    },
    forget(node) {
      if (node === undefined) unfinished.clear()
      else unfinished.delete(node)
    },
  }
}

/** A part that does not go on where the last one ended says that one between was lost: the whole message is. */
function completed(unfinished: Map<string, Unfinished>, from: string, frame: Buffer): Buffer | null {
  const message = frame.readUInt32BE(WHOLE_HEADER)
  const length = frame.readUInt32BE(WHOLE_HEADER + 4)
  const offset = frame.readUInt32BE(WHOLE_HEADER + 8)
  const begun: Unfinished | undefined = offset === 0 ? { message, length, parts: [], filled: 0 } : unfinished.get(from)
  unfinished.delete(from)
  if (begun === undefined || begun.message !== message || begun.filled !== offset) return null
  begun.parts.push(frame.subarray(PART_HEADER))
  begun.filled += frame.length - PART_HEADER
  if (begun.length !== length || length > LONGEST_MESSAGE || begun.filled > length) return null
  if (begun.filled === length) return Buffer.concat(begun.parts)
  unfinished.set(from, begun)
  return null
}

function uuidAt(frame: Buffer, offset: number): string {
  const hex = frame.toString('hex', offset, offset + NODE_BYTES)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
