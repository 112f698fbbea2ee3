// Whole WebSocket frames (RFC 6455 §5.2): final, unmasked, without extensions. One buffer serves every socket.

import type { Frame } from '../sockets/connection.ts'

const FINAL = 0x80
const TEXT = 0x1
const BINARY = 0x2
const SHORT = 125
const MEDIUM = 0xffff

/** A text message as one frame. */
export function textFrame(text: string): Frame {
  const size = Buffer.byteLength(text)
  const frame = openFrame(TEXT, size)
  frame.write(text, frame.length - size)
  return frame
}

/** A binary message as one frame, of parts in order. */
export function binaryFrame(parts: readonly Uint8Array[]): Frame {
  const size = parts.reduce((sum, part) => sum + part.length, 0)
  const frame = openFrame(BINARY, size)
  let offset = frame.length - size
  for (const part of parts) {
    frame.set(part, offset)
    offset += part.length
  }
  return frame
}

/** A frame with its header written; the payload is what follows. */
function openFrame(opcode: number, size: number): Buffer {
  if (size <= SHORT) {
    const frame = Buffer.allocUnsafe(2 + size)
    frame[0] = FINAL | opcode
    frame[1] = size
    return frame
  }
  if (size <= MEDIUM) {
    const frame = Buffer.allocUnsafe(4 + size)
    frame[0] = FINAL | opcode
    frame[1] = 126
    frame.writeUInt16BE(size, 2)
    return frame
  }
  const frame = Buffer.allocUnsafe(10 + size)
  frame[0] = FINAL | opcode
  frame[1] = 127
  frame.writeUInt32BE(Math.floor(size / 2 ** 32), 2)
  frame.writeUInt32BE(size >>> 0, 6)
  return frame
}
