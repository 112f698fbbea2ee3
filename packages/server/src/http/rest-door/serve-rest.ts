// Between node's request and response and the REST door's plain values. On the path of every REST request, so it
// makes no URL, no header object and no stream.

import type { IncomingMessage, ServerResponse } from 'node:http'
import type { WebRequest, WebResponse } from '../../rest/web.ts'
import { takeQueryKey } from '../routing/query-key.ts'
import type { Target } from '../routing/split-target.ts'
import { readBody } from './read-body.ts'

/** The door's view of a request below `prefix`. A key in the query becomes the header, unless there is one. */
export function webRequest(
  request: IncomingMessage,
  target: Target,
  prefix: string,
  body: () => Promise<Buffer>,
): WebRequest {
  const path = target.path.slice(prefix.length)
  const headers = plainHeaders(request)
  const shown = takeQueryKey(target.query)
  return {
    method: request.method ?? 'GET',
    path: path === '' ? '/' : path,
    query: shown === null ? target.query : shown.query,
    headers: shown === null ? headers : { apikey: shown.apikey, ...headers },
    body,
  }
}

/** Reads the body when the door wants it, and only then tells a caller who waits to be told (RFC 9110 §10.1.1). */
export function bodyReader(request: IncomingMessage, response: ServerResponse, limit: number): () => Promise<Buffer> {
  return () => {
    const reading = readBody(request, limit)
    if (request.headers.expect !== undefined && !(Number(request.headers['content-length']) > limit)) {
      response.writeContinue()
    }
    return reading
  }
}

/**
 * Sends the door's answer behind the headers of this stage, given as names and values in turn. A function of the project
 * sets headers as it likes, but none that whoever stands before has set already.
 */
export function sendWebResponse(response: ServerResponse, answer: WebResponse, ours: string[], isHead: boolean): void {
  let hasLength = answer.withoutLength === true || answer.status === 204 || answer.status === 304
  const crossOrigin = ours.includes(ALLOW_ORIGIN)
  for (const [name, value] of answer.headers) {
    if ((crossOrigin && name.toLowerCase() === ALLOW_ORIGIN) || response.hasHeader(name)) continue
    ours.push(name, value)
    if (name.length === LENGTH.length && name.toLowerCase() === LENGTH) hasLength = true
  }
  if (!hasLength) ours.push(LENGTH, String(Buffer.byteLength(answer.body)))
  if (answer.statusText === undefined) response.writeHead(answer.status, ours)
  else response.writeHead(answer.status, answer.statusText, ours)
  if (isHead || answer.body.length === 0) response.end()
  else response.end(answer.body)
}

const ALLOW_ORIGIN = 'access-control-allow-origin'
const LENGTH = 'content-length'

// Of all headers of a request, node gives this one alone as a list.
function plainHeaders(request: IncomingMessage): WebRequest['headers'] {
  const { headers } = request
  const cookies = headers['set-cookie']
  if (cookies === undefined) return headers as WebRequest['headers']
  return { ...(headers as WebRequest['headers']), 'set-cookie': cookies.join(', ') }
}
