// A form with one file, read as it comes. Whoever sends one may be anybody: nobody is asked before its file begins.

import { Busboy, type BusboyHeaders, type BusboyInstance } from '@fastify/busboy'
import type { Readable } from 'node:stream'

import { Refusal } from '../../refusal/refusal.ts'

/** Bytes that are read of a form beside its file: fields, the heads of parts, and what is no part at all. */
const MOST_BESIDE = 1024 * 1024

interface FieldLimits {
  readonly fields: number
  /** Bytes of one. */
  readonly fieldSize: number
}

/** Refuses with `storage.request-invalid` headers that announce no form. */
export function openFormParser(headers: object, limits: FieldLimits): BusboyInstance {
  try {
    return new Busboy({
      headers: headers as BusboyHeaders,
      limits: { ...limits, files: 1, parts: limits.fields + 1 },
    })
  } catch (error) {
    throw malformedForm(error)
  }
}

/** What the parser said, as a refusal. */
export function malformedForm(error: unknown): Refusal {
  const reason = error instanceof Error ? error.message : 'The form cannot be read'
  return new Refusal('storage.request-invalid', { reason }, { cause: error })
}

/** What breaks one of the three off ends the others, so that nobody waits for bytes that will not come. */
export function breakOffTogether(body: Readable, parser: BusboyInstance, file: Readable): void {
  body.on('error', (error) => file.destroy(error))
  // The parser says it of the part, too, and more than once, and whether anybody reads the part yet or not.
  file.on('error', (error) => file.destroy(error))
  parser.on('error', (error) => file.destroy(malformedForm(error)))
  file.once('close', () => {
    if (file.readableEnded) return
    body.unpipe(parser)
    body.destroy()
  })
}

/**
 * Calls `refuse` with what there is too much of, as soon as that shows: the parser itself would read on for ever. To be
 * called once the body is piped to the parser.
 */
export function boundForm(body: Readable, parser: BusboyInstance, refuse: (reason: string) => void): void {
  let beside = 0
  let inFile = false
  parser.once('fieldsLimit', () => refuse('The form has too many fields'))
  parser.once('partsLimit', () => refuse('The form has too many parts'))
  parser.once('file', (_name, file) => {
    inFile = true
    file.once('end', () => (inFile = false))
  })
  // Behind the parser, which has seen by now whether a file begins in this chunk.
  body.on('data', (chunk: Buffer) => {
    if (inFile) return
    beside += chunk.length
    if (beside > MOST_BESIDE) refuse('The form has too much beside its file')
  })
}
