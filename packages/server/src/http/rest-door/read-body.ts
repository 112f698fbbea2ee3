// Reads a request's body whole, within a bound.

import type { IncomingMessage } from 'node:http'
import { Refusal } from '../../refusal/refusal.ts'

const EMPTY = Buffer.alloc(0)

/**
 * Refuses with `request.body-too-large`: before reading where Content-Length tells, else as soon as it shows.
 * Does not settle where the caller hangs up in between: there is nobody left to answer.
 */
export function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  const { 'content-length': length, 'transfer-encoding': encoding } = request.headers
  if (length === undefined && encoding === undefined) return Promise.resolve(EMPTY)
  if (length !== undefined && Number(length) > limit) return Promise.reject(tooLarge(limit))
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    request.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size <= limit) chunks.push(chunk)
      else {
        // What is still under way is read and dropped, so that the caller gets to see the answer.
        chunks.length = 0
        reject(tooLarge(limit))
      }
    })
    request.on('end', () => resolve(chunks.length === 1 ? (chunks[0] ?? EMPTY) : Buffer.concat(chunks)))
    request.on('error', () => {})
  })
}

function tooLarge(limit: number): Refusal {
  return new Refusal(
    'request.body-too-large',
    { limit },
    { fix: 'Send less at once, or raise the limit of request bodies.' },
  )
}
