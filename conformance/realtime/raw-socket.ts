// A socket without a client on it, for what no client says.

import { WebSocket } from 'ws'

export interface RawSocket {
  readonly socket: WebSocket
  /** Everything heard so far, as parsed. */
  readonly heard: unknown[]
  readonly closed: Promise<readonly [code: number, reason: string]>
  readonly say: (message: unknown) => void
}

/** Opens a socket; rejects with the status where it is refused. */
export async function openRaw(
  apiUrl: string,
  query: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>> = {},
): Promise<RawSocket> {
  const url = `${apiUrl.replace('http', 'ws')}/realtime/v1/websocket?${new URLSearchParams(query).toString()}`
  const socket = new WebSocket(url, { headers })
  const heard: unknown[] = []
  socket.on('message', (data: Buffer) => void heard.push(JSON.parse(data.toString())))
  await new Promise<void>((resolve, reject) => {
    socket.on('open', () => resolve())
    socket.on('error', () => undefined)
    socket.on('unexpected-response', (_request, response) => {
      let text = ''
      response.on('data', (chunk: Buffer) => (text += chunk.toString()))
      response.on('end', () => reject(new Error(`${response.statusCode} ${text}`)))
    })
  })
  return {
    socket,
    heard,
    closed: new Promise((resolve) => socket.once('close', (code, reason) => resolve([code, reason.toString()]))),
    say: (message) => socket.send(JSON.stringify(message)),
  }
}
