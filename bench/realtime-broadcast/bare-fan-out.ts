// The ceiling: `ws` and nothing else. A broadcast is framed once and written to each socket; with `corked`, frames of one
// turn of the event loop leave in one write.

import { createServer } from 'node:http'
import type { Socket } from 'node:net'
import { type WebSocket, WebSocketServer } from 'ws'

import { announcePort } from '../rest-read/contestant.ts'

const isCorked = process.env['BENCH_CORKED'] === 'yes'

const http = createServer()
const sockets = new Map<WebSocket, Socket>()
const server = new WebSocketServer({ noServer: true, perMessageDeflate: false, clientTracking: false })
http.on('upgrade', (request, socket, head) => {
  server.handleUpgrade(request, socket, head, (webSocket) => {
    sockets.set(webSocket, socket as Socket)
    webSocket.on('close', () => sockets.delete(webSocket))
    webSocket.on('message', (data: Buffer, isBinary: boolean) => {
      if (isBinary) tell(webSocket, framed(data))
      else if (data.includes('phx_join'))
        webSocket.send('["1","1","realtime:bench","phx_reply",{"status":"ok","response":{}}]')
    })
  })
})
announcePort(http)
process.on('disconnect', () => process.exit())

/** From the frame that a client pushes (kind 3) to the one that others hear (kind 4), complete with its WebSocket header. */
function framed(push: Buffer): Buffer {
  const [, joinRef = 0, ref = 0, topic = 0, event = 0, , encoding = 0] = push
  const body = push.subarray(7 + joinRef + ref)
  const size = 5 + body.length
  const frame = Buffer.allocUnsafe(4 + size)
  frame.set([0x82, 126, size >> 8, size & 0xff, 4, topic, event, 0, encoding])
  frame.set(body, 9)
  return frame
}

const corked: Socket[] = []

function tell(sender: WebSocket, frame: Buffer): void {
  for (const [webSocket, socket] of sockets) {
    if (webSocket === sender) continue
    if (isCorked && socket.writableCorked === 0) cork(socket)
    socket.write(frame)
  }
}

function cork(socket: Socket): void {
  socket.cork()
  if (corked.push(socket) === 1) setImmediate(uncorkAll)
}

function uncorkAll(): void {
  for (const socket of corked.splice(0)) socket.uncork()
}
