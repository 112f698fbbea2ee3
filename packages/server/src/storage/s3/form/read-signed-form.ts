// A form that a browser sends with a signed policy: its fields, and the file behind them as a stream.

import { Readable } from 'node:stream'

import { Refusal } from '../../../refusal/refusal.ts'
import { boundForm, breakOffTogether, malformedForm, openFormParser } from '../../door/form-parser.ts'

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
  const parser = openFormParser(headers, { fields: MOST_FIELDS, fieldSize: LARGEST_FIELD })
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
      breakOffTogether(body, parser, file)
      if (name === 'file') resolve({ fields, filename, file })
      else fail(invalid('The form has a file under another name than `file`'))
    })
    parser.on('error', (error) => fail(malformedForm(error)))
    parser.once('finish', () => reject(invalid('The form has no field `file`')))
    body.on('error', fail)
    body.pipe(parser)
    boundForm(body, parser, (reason) => fail(invalid(reason)))
  })
}

function invalid(reason: string): Refusal {
  return new Refusal('storage.request-invalid', { reason })
}
