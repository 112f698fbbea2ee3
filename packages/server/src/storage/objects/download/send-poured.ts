// Sends many bytes past Fastify, which would take a stream: the driver's buffers go to the socket as they are.

import type { ServerResponse } from 'node:http'

import type { FastifyReply } from 'fastify'

import type { BlobId, Blobs, ByteRange } from '../../blobs/blobs.ts'

/**
 * The reply has its status and headers. False where there is no such blob, with nothing sent. A reader who leaves ends the
 * reading; where the bytes break off, so does the connection, since their length was said.
 */
export async function sendPoured(blobs: Blobs, id: BlobId, range: ByteRange, reply: FastifyReply): Promise<boolean> {
  const { raw } = reply
  let begun = false
  try {
    const there = await blobs.pour(id, range, async (chunk) => {
      if (!begun) begin(reply)
      begun = true
      await written(raw, chunk)
    })
    if (there) raw.end()
    return there
  } catch (error) {
    if (!begun) throw error
    if (!raw.destroyed) reply.log.error({ err: error }, 'the bytes of an object broke off')
    raw.destroy()
    return true
  }
}

function begin(reply: FastifyReply): void {
  reply.hijack()
  reply.raw.writeHead(reply.statusCode, reply.getHeaders() as Record<string, string | number>)
}

/** Resolves when the socket has taken the bytes; rejects where the reader is gone. */
async function written(response: ServerResponse, chunk: Buffer): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const gone = (): void => reject(new Error('the reader is gone'))
    if (response.destroyed) return gone()
    response.once('close', gone)
    response.write(chunk, (error) => {
      response.off('close', gone)
      if (error) reject(error)
      else resolve()
    })
  })
}
