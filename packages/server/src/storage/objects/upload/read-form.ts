// A file in a form, as storage-js and browsers send it: a part under any name, among fields that say something of it.

import type { FastifyRequest } from 'fastify'
import { Readable } from 'node:stream'

import { Refusal } from '../../../refusal/refusal.ts'
import { boundForm, breakOffTogether, malformedForm, openFormParser } from '../../door/form-parser.ts'
import { type FileFacts, type IncomingFile, readUserMetadata } from './incoming-file.ts'

/** Bytes of all fields together, as much as all headers of a request may have. */
const MOST_BYTES = 64 * 1024
const MOST_FIELDS = 10
const KNOWN = new Set(['cacheControl', 'contentType', 'metadata', 'userMetadata'])

/**
 * Resolves when the file begins. Refuses with `storage.request-invalid` a form without one, or with too much
 * beside it, and with `storage.too-large` fields of more than 64 kB in all.
 */
export async function readForm({ headers, body }: FastifyRequest): Promise<IncomingFile> {
  if (!(body instanceof Readable)) throw noFile()
  const parser = openFormParser(headers, { fields: MOST_FIELDS, fieldSize: MOST_BYTES })
  const fields = new Map<string, string>()
  const said = Promise.withResolvers<void>()
  said.promise.catch(() => {})
  let failure: Error | null = null
  return await new Promise<IncomingFile>((resolve, reject) => {
    const fail = (error: Error): void => {
      failure ??= error
      said.reject(error)
      reject(error)
      body.destroy()
    }
    let size = 0
    parser.on('field', (name, value, _nameCut, cut) => {
      size += Buffer.byteLength(value)
      if (cut || size > MOST_BYTES) fail(tooManyBytes())
      else if (KNOWN.has(name)) fields.set(name, value)
    })
    parser.once('file', (_name, bytes, _filename, _encoding, type) => {
      breakOffTogether(body, parser, bytes)
      resolve({ facts: () => factsOf(fields, type), bytes, size: null, said: said.promise, failure: () => failure })
    })
    parser.on('error', (error) => fail(malformedForm(error)))
    parser.once('finish', () => {
      reject(noFile())
      said.resolve()
    })
    body.on('error', fail)
    body.pipe(parser)
    boundForm(body, parser, (reason) => fail(new Refusal('storage.request-invalid', { reason })))
  })
}

function factsOf(fields: ReadonlyMap<string, string>, type: string): FileFacts {
  const seconds = fields.get('cacheControl')
  return {
    contentType: fields.get('contentType') ?? type,
    cacheControl: seconds === undefined ? 'no-cache' : `max-age=${seconds}`,
    userMetadata: readUserMetadata(fields.get('metadata') ?? fields.get('userMetadata')),
  }
}

function tooManyBytes(): Refusal {
  const fix = `Send at most ${MOST_BYTES} bytes of metadata and other fields with a file.`
  return new Refusal('storage.too-large', { limit: MOST_BYTES, what: 'user_metadata' }, { fix })
}

function noFile(): Refusal {
  return new Refusal(
    'storage.request-invalid',
    { reason: 'No content provided' },
    { fix: 'Send a form with one file.' },
  )
}
