// What node's parser could not make a request of, answered on the bare socket: a clear no instead of a hang-up.

import type { Duplex } from 'node:stream'
import { STATUS_CODES } from 'node:http'

interface ParserError extends Error {
  readonly code?: string
  readonly rawPacket?: Buffer
}

/** Answers and closes; a socket that is gone already is only closed. */
export function refuseConnection(error: ParserError, socket: Duplex): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return
  }
  const { status, message } = verdict(error)
  endSocket(socket, status, { message })
}

/** Writes a whole JSON answer to a socket that has no response object, and closes it. */
export function endSocket(socket: Duplex, status: number, content: object): void {
  const body = JSON.stringify(content)
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\ncontent-type: application/json; charset=utf-8\r\n` +
      `content-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  )
}

interface Verdict {
  readonly status: number
  readonly message: string
}

const UNREADABLE: Verdict = { status: 400, message: 'This is not HTTP that can be read' }

const METHOD_UNKNOWN: Verdict = { status: 405, message: 'Unsupported HTTP method' }
const REQUEST_LINE = /^[A-Z][\w-]* \S+ HTTP\/1\.[01]\r?\n/i

const VERDICTS = new Map<string | undefined, Verdict>([
  ['HPE_HEADER_OVERFLOW', { status: 431, message: 'The request line and headers are too large' }],
  ['HPE_CHUNK_EXTENSIONS_OVERFLOW', { status: 413, message: 'The chunk extensions of the body are too large' }],
  ['ERR_HTTP_REQUEST_TIMEOUT', { status: 408, message: 'The request was not complete in time' }],
])

// The parser knows its methods by name and calls every other first word of a connection an invalid one.
function verdict(error: ParserError): Verdict {
  const { code, rawPacket } = error
  if (code !== 'HPE_INVALID_METHOD') return VERDICTS.get(code) ?? UNREADABLE
  return REQUEST_LINE.test(rawPacket?.toString('latin1') ?? '') ? METHOD_UNKNOWN : UNREADABLE
}
