// Requests whose method node's parser does not know: it gives up before there is a request, and hands over the
// bytes it read. RFC 9110 §9.1 asks for an answer all the same.

import { STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import { splitTarget } from '../../../http/routing/split-target.ts'
import type { WebRequest, WebResponse } from '../../../rest/web.ts'

interface ParserError extends Error {
  readonly code?: string
  readonly rawPacket?: Buffer
}

const requestLine = /^([A-Z][\w-]*) (\/\S*) HTTP\/1\.[01]$/i
const field = /^([\w!#$%&'*+.^`|~-]+):[ \t]*(.*?)[ \t]*$/

/** The request without its body, or null where the bytes are none. */
export function unknownMethodRequest({ code, rawPacket }: ParserError): WebRequest | null {
  if (code !== 'HPE_INVALID_METHOD') return null
  const [head = ''] = (rawPacket?.toString('latin1') ?? '').split('\r\n\r\n')
  const [first = '', ...rest] = head.split('\r\n')
  const [, method, url] = requestLine.exec(first) ?? []
  if (method === undefined || url === undefined) return null
  const headers = rest.flatMap((line) => {
    const [, name, value] = field.exec(line) ?? []
    return name === undefined || value === undefined ? [] : [[name.toLowerCase(), value] as const]
  })
  const { path, query } = splitTarget(url)
  return { method, path, query, headers: Object.fromEntries(headers), body: () => Promise.resolve(Buffer.alloc(0)) }
}

/** Writes a whole response to a socket that has no response object, and closes it. */
export function answerOnSocket({ status, headers, body }: WebResponse, socket: Duplex): void {
  const lines = headers.map(([name, value]) => `${name}: ${value}`)
  const length = `content-length: ${Buffer.byteLength(body)}`
  const head = [`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`, ...lines, length, 'connection: close']
  socket.write(Buffer.from(`${head.join('\r\n')}\r\n\r\n`, 'latin1'))
  socket.end(body)
}
