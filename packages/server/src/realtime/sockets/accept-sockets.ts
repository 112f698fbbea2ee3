// From the request for a socket to an open one that somebody hears.

import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'

import { type RawData, type WebSocket, WebSocketServer } from 'ws'

import type { Identity } from '../../identity/identity.ts'
import { headersJson } from './headers-json.ts'
import { type Judges, judgeUpgrade } from './judge-upgrade.ts'
import type { OpenSockets } from './open-sockets.ts'
import { Flush } from './outbox/flush.ts'
import { refuseUpgrade, type UpgradeAnswer } from './refuse-upgrade.ts'
import { type Listener, SocketConnection } from './socket-connection.ts'

export interface SocketDeps extends Judges {
  readonly sockets: OpenSockets
  /** Unix milliseconds. */
  readonly now: () => number
  /** Who hears a new connection, whose key makes the caller `identity`. */
  readonly greet: (connection: SocketConnection, identity: Identity) => Listener
  /** How what was thrown reads to the client at this address; it is logged and counted there. */
  readonly answer: (thrown: unknown, remote: string) => UpgradeAnswer
  readonly isClosing: () => boolean
}

type Accept = (request: IncomingMessage, socket: Duplex, head: Buffer) => Promise<void>

const CLOSING: UpgradeAnswer = { status: 503, error: 'The server restarts' }

/** Takes requests for a socket; what is thrown never reaches the caller. */
export function acceptSockets(deps: SocketDeps): Accept {
  const { frameBytes } = deps.config.limits
  const server = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: frameBytes,
  })
  const flush = new Flush()
  return async (request, socket, head) => {
    try {
      const admitted = await judgeUpgrade(request, deps)
      if (socket.destroyed) return
      if (deps.isClosing()) return refuseUpgrade(socket, CLOSING)
      const facts = {
        vsn: admitted.vsn,
        headersJson: headersJson(request.headers),
        waitingLimit: deps.config.limits.waitingBytes,
        flush,
      }
      server.handleUpgrade(request, socket, head, (webSocket) => {
        const connection = new SocketConnection(facts, webSocket, socket, deps.now())
        listen(connection, webSocket, deps.greet(connection, admitted.identity), deps)
      })
    } catch (thrown) {
      refuseUpgrade(socket, deps.answer(thrown, request.socket.remoteAddress ?? ''))
    }
  }
}

function listen(
  connection: SocketConnection,
  webSocket: WebSocket,
  listener: Listener,
  { sockets, now }: SocketDeps,
): void {
  sockets.add(connection)
  connection.onOverwhelmed(() => listener.overwhelmed())
  webSocket.on('message', (data: RawData, isBinary: boolean) => {
    connection.heardAt = now()
    listener.hear(data as Buffer, isBinary)
  })
  webSocket.on('ping', () => (connection.heardAt = now()))
  webSocket.on('close', () => {
    sockets.remove(connection)
    listener.closed()
  })
  // What a client does wrong ends the connection with the code that says so; there is nobody else to tell.
  webSocket.on('error', () => undefined)
}
