// The JSON body of a request, checked against its schema. Bodies of other routes are streams.

import type { FastifyRequest } from 'fastify'
import { Readable } from 'node:stream'
import type { z } from 'zod'

import { Refusal } from '../../refusal/refusal.ts'
import { checked } from './checked.ts'

const LARGEST = 1024 * 1024

/** Read whatever type it says it has. Refuses with `storage.request-invalid`, `storage.body-invalid`, `storage.too-large`. */
export async function readJson<Shape extends z.ZodType>(
  request: FastifyRequest,
  schema: Shape,
): Promise<z.infer<Shape>> {
  const saysJson = /^application\/json\s*(?:;|$)/i.test(request.headers['content-type'] ?? '')
  return checked('body', schema, parse(await readText(request.body), saysJson))
}

/** Refuses with `storage.too-large`. */
export async function readText(body: unknown, limit = LARGEST): Promise<string> {
  if (!(body instanceof Readable)) return ''
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of body as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > limit) throw new Refusal('storage.too-large', { limit })
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString()
}

/** Undefined for what is no JSON and does not say that it is: upstream reads no other body. */
function parse(text: string, saysJson: boolean): unknown {
  if (text === '' && saysJson) throw new Refusal('storage.body-invalid', { problem: 'empty' })
  try {
    return JSON.parse(text)
  } catch {
    if (saysJson) throw new Refusal('storage.body-invalid', { problem: 'malformed' })
    return undefined
  }
}
