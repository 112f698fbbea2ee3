// How long a request's body may take. Node's own bound is one for the whole server and for whole bodies, so that a large
// upload over a slow link would end with it; here each door has the bound that fits it.

import type { IncomingMessage } from 'node:http'

import { endSocket } from './refuse-connection.ts'

/** `whole`: until all of it is there. `idle`: that nothing comes while it is waited for; at most half as long again. Milliseconds. */
export interface BodyTime {
  readonly kind: 'whole' | 'idle'
  readonly milliseconds: number
}

export function hasBody({ headers }: IncomingMessage): boolean {
  const { 'content-length': length, 'transfer-encoding': encoding } = headers
  return encoding !== undefined || (length !== undefined && length !== '0')
}

/** Answers 408 and closes the connection where the body takes longer. Returns what ends the watch. */
export function watchBody(request: IncomingMessage, time: BodyTime): () => void {
  const late = time.kind === 'whole' ? () => true : idleSince(request, time.milliseconds)
  const every = time.kind === 'whole' ? time.milliseconds : time.milliseconds / 2
  const timer = setInterval(() => {
    if (request.complete) return clearInterval(timer)
    if (!late()) return
    clearInterval(timer)
    cutOff(request)
  }, every)
  timer.unref()
  return () => clearInterval(timer)
}

/** A body that we do not read at the moment is not the client's to send. */
function idleSince(request: IncomingMessage, milliseconds: number): () => boolean {
  let seen = request.socket.bytesRead
  let since = performance.now()
  return () => {
    const now = performance.now()
    if (isWaitedFor(request) && request.socket.bytesRead === seen) return now - since >= milliseconds
    seen = request.socket.bytesRead
    since = now
    return false
  }
}

function isWaitedFor(request: IncomingMessage): boolean {
  if (request.listenerCount('readable') > 0) return request.readableLength === 0
  return request.readableFlowing === true
}

function cutOff({ socket }: IncomingMessage): void {
  endSocket(socket, 408, { message: 'The body of the request was not complete in time' })
  socket.destroySoon()
}
