// The JSON body of a request, checked against its schema. Bodies of other routes are streams.

import type { FastifyRequest } from 'fastify'
import { Readable } from 'node:stream'
import type { z } from 'zod'

import { Refusal } from '../../refusal/refusal.ts'
import { checked } from './checked.ts'

const LARGEST = 1024 * 1024

/** An empty body is an empty object. Refuses with `storage.request-invalid`, `storage.too-large`. */
export async function readJson<Shape extends z.ZodType>(
  request: FastifyRequest,
  schema: Shape,
): Promise<z.infer<Shape>> {
  const text = await readText(request.body)
  return checked('body', schema, text === '' ? {} : parse(text))
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

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new Refusal('storage.request-invalid', { reason: 'the body is no JSON' })
  }
}
