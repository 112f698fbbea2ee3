// What a form may have beside its file. Whoever sends one may be anybody: nobody is asked before its file begins.

import type { BusboyInstance } from '@fastify/busboy'
import type { Readable } from 'node:stream'

/** Bytes that are read of a form beside its file: fields, the heads of parts, and what is no part at all. */
const MOST_BESIDE = 1024 * 1024

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
