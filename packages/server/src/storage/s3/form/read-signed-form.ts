// A form that a browser sends with a signed policy: its fields, and the file behind them as a stream.

import { Busboy, type BusboyHeaders, type BusboyInstance } from '@fastify/busboy'
import { Readable } from 'node:stream'

import { Refusal } from '../../../refusal/refusal.ts'
import { boundForm } from '../../door/bound-form.ts'

export interface SignedForm {
  /** By their names in lower case. */
  readonly fields: ReadonlyMap<string, string>
  readonly filename: string
  readonly file: Readable
}

const MOST_FIELDS = 64
/** What S3 gives a policy. */
const LARGEST_FIELD = 20 * 1024

/**
 * Resolves where the file begins; what follows it is not read as a field. Refuses with `storage.request-invalid` a form
 * without a field `file`, with a field twice, or with more of them than anybody needs.
 */
export async function readSignedForm(headers: object, body: unknown): Promise<SignedForm> {
  if (!(body instanceof Readable)) throw invalid('There is no form')
  const parser = openParser(headers)
  const fields = new Map<string, string>()
  return await new Promise<SignedForm>((resolve, reject) => {
    const fail = (error: unknown): void => {
      reject(error)
      body.unpipe(parser)
      body.destroy()
    }
    parser.on('field', (name, value, nameCut, cut) => {
      const field = name.toLowerCase()
      if (nameCut || cut || fields.has(field)) fail(invalid(`The field ${field} is too long, or there twice`))
      else fields.set(field, value)
    })
    parser.once('file', (name, file, filename) => {
      endTogether(body, parser, file)
      if (name === 'file') resolve({ fields, filename, file })
      else fail(invalid('The form has a file under another name than `file`'))
    })
    parser.once('error', (error: unknown) => fail(malformed(error)))
    parser.once('finish', () => reject(invalid('The form has no field `file`')))
    body.once('error', fail)
    body.pipe(parser)
    boundForm(body, parser, (reason) => fail(invalid(reason)))
  })
}

function openParser(headers: object): BusboyInstance {
  const limits = { fields: MOST_FIELDS, files: 1, parts: MOST_FIELDS + 1, fieldSize: LARGEST_FIELD }
  try {
    return new Busboy({ headers: headers as BusboyHeaders, limits })
  } catch (error) {
    throw malformed(error)
  }
}

/** Whoever gives up one of them gives up all, so that nobody waits for bytes that will not come. */
function endTogether(body: Readable, parser: BusboyInstance, file: Readable): void {
  body.once('error', (error) => file.destroy(error))
  parser.once('error', (error: unknown) => file.destroy(malformed(error)))
  file.once('close', () => {
    if (file.readableEnded) return
    body.unpipe(parser)
    body.destroy()
  })
}

function malformed(error: unknown): Refusal {
  return invalid(error instanceof Error ? error.message : 'The form cannot be read')
}

function invalid(reason: string): Refusal {
  return new Refusal('storage.request-invalid', { reason })
}
