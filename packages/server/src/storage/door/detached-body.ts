// The body of a request as a stream of its own. Whoever reads a stream destroys it where something breaks off, and a request
// that is destroyed takes its connection along: the refusal would never reach the client.

import { Readable } from 'node:stream'

import { Refusal } from '../../refusal/refusal.ts'
import { ownChunk } from '../blobs/own-chunks.ts'

const BUFFERED = 256 * 1024

/**
 * Reads nothing before it is read itself. Destroyed early, it lets the rest of the request run dry. Fails with
 * `storage.upload-broken-off` where the client goes away before the end.
 */
export function detachedBody(request: Readable): Readable {
  let listening = false
  const body = new Readable({
    highWaterMark: BUFFERED,
    read() {
      if (!listening) listen()
      request.resume()
    },
    destroy(error, done) {
      request.off('data', forward)
      request.resume()
      done(error)
    },
  })
  const forward = (chunk: Buffer): void => {
    if (!body.push(ownChunk(chunk))) request.pause()
  }
  const listen = (): void => {
    listening = true
    request.on('data', forward)
    request.once('end', () => body.push(null))
    request.on('error', () => {})
    request.once('close', () => {
      if (!request.readableEnded) body.destroy(new Refusal('storage.upload-broken-off', {}))
    })
    if (request.destroyed && !request.readableEnded) body.destroy(new Refusal('storage.upload-broken-off', {}))
  }
  return body
}
