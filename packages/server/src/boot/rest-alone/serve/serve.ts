// A door on an address of its own: node's HTTP to the door's plain values and back.

import { existsSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { defaultLimits } from '../../../http/http-options.ts'
import { drain, trackSilent } from '../../../http/lifecycle/drain.ts'
import { refuseConnection } from '../../../http/lifecycle/refuse-connection.ts'
import { bodyReader, sendWebResponse, webRequest } from '../../../http/rest-door/serve-rest.ts'
import { splitTarget } from '../../../http/routing/split-target.ts'
import type { WebRequest } from '../../../rest/web.ts'
import type { BindConfig } from '../config/alone-config.ts'
import type { Access } from '../observe/access-line.ts'
import type { Answered } from '../open-door.ts'
import { listenAt } from './listen-at.ts'
import { answerOnSocket, unknownMethodRequest } from './unknown-method.ts'

export interface Served {
  /** As the log shows it: `127.0.0.1:3000`, `[::1]:3000`, or the path of a Unix socket. */
  readonly address: string
  /** Null on a Unix socket. */
  readonly port: number | null
  /** Whether new connections can still arrive. */
  isLive(): boolean
  /** Takes no more connections, and resolves when the requests under way have been answered, however long they take. */
  close(): Promise<void>
}

export interface ServeOptions {
  /** Answers a request; never rejects. */
  readonly answer: (web: WebRequest) => Promise<Answered>
  readonly bind: BindConfig
  /** Takes a request that was answered; absent where nobody wants to know. */
  readonly onAccess?: (access: Access) => void
}

/** Bytes of a request body. */
const largestBody = 256 * 1024 * 1024
/** Milliseconds; what a timer takes at most, which is above three weeks. */
const noDeadline = 2 ** 31 - 1

/** Listens; rejects where the address cannot be had. */
export async function serve(options: ServeOptions): Promise<Served> {
  const { keepAliveTimeout, headerBytes: maxHeaderSize } = defaultLimits
  const server = createServer({ keepAliveTimeout, maxHeaderSize, noDelay: true })
  const silent = trackSilent(server)
  let closing = false
  const request = (incoming: IncomingMessage, outgoing: ServerResponse): void =>
    void reply(options, incoming, outgoing, () => closing)
  server.on('request', request)
  server.on('checkContinue', request)
  server.on('clientError', (error, socket) => void replyToUnreadable(options, error, socket))
  const address = await listenAt(server, options.bind)
  return {
    address,
    port: portOf(server),
    isLive: () => server.listening && (options.bind.socket === null || existsSync(options.bind.socket.path)),
    async close() {
      closing = true
      await drain(server, { silent, upgraded: new Set() }, noDeadline)
    },
  }
}

function portOf(server: Server): number | null {
  const bound = server.address()
  return typeof bound === 'object' && bound !== null ? bound.port : null
}

async function reply(
  { answer, onAccess }: ServeOptions,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  isClosing: () => boolean,
): Promise<void> {
  const body = bodyReader(incoming, outgoing, largestBody)
  const answered = await answer(webRequest(incoming, splitTarget(incoming.url ?? '/'), '', body))
  if (onAccess !== undefined && answered.unlogged !== true) onAccess(accessOf(incoming, answered))
  sendWebResponse(outgoing, answered, isClosing() ? ['Connection', 'close'] : [], incoming.method === 'HEAD')
}

function accessOf(incoming: IncomingMessage, answered: Answered): Access {
  const { method = '', url = '', httpVersion, headers, socket } = incoming
  return {
    remote: socket.remoteAddress ?? null,
    role: answered.identity?.role ?? null,
    method,
    target: url,
    httpVersion,
    status: answered.status,
    length: lengthOf(answered),
    referer: headers.referer,
    userAgent: headers['user-agent'],
  }
}

function lengthOf({ status, headers, body, withoutLength }: Answered): number | null {
  const said = headers.find(([name]) => name.toLowerCase() === 'content-length')?.[1]
  if (said !== undefined) return Number(said)
  return withoutLength === true || status === 204 || status === 304 ? null : Buffer.byteLength(body)
}

/** A method that the parser has no name for is still the door's to refuse. */
async function replyToUnreadable({ answer, onAccess }: ServeOptions, error: Error, socket: Duplex): Promise<void> {
  const web = unknownMethodRequest(error)
  if (web === null || !socket.writable) return refuseConnection(error, socket)
  const answered = await answer(web)
  onAccess?.(accessOfUnknown(web, answered, socket))
  answerOnSocket(answered, socket)
}

function accessOfUnknown({ method, path, query, headers }: WebRequest, answered: Answered, socket: Duplex): Access {
  const { remoteAddress = null } = socket as { readonly remoteAddress?: string }
  return {
    remote: remoteAddress,
    role: answered.identity?.role ?? null,
    method,
    target: query === '' ? path : `${path}?${query}`,
    httpVersion: '1.1',
    status: answered.status,
    length: lengthOf(answered),
    referer: headers['referer'],
    userAgent: headers['user-agent'],
  }
}
