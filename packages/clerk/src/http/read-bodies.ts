// Request bodies in the forms the SDKs send: JSON (also when there is none), browser forms, and files, whether in
// multipart or as the body itself.

import { Readable } from 'node:stream'

import busboy from 'busboy'
import type { FastifyInstance, FastifyRequest } from 'fastify'

import { ClerkRefusal } from '../refusal/clerk-refusal.ts'
import { nestingOf } from './json-nesting.ts'

/** Marks what was parsed here. No JSON can carry a symbol, so no body can pretend. */
const form = Symbol('form')

/** A browser form, with the file of a multipart one. */
export interface FormBody {
  readonly [form]: true
  readonly contentType: string
  readonly fields: URLSearchParams
  readonly file: UploadedFile | null
}

/** True for a body that came as a form, or as a file. */
export function isFormBody(body: unknown): body is FormBody {
  return typeof body === 'object' && body !== null && form in body
}

/** A file as it came. */
export interface UploadedFile {
  readonly bytes: Buffer
  /** As the sender declared it; not to be believed. */
  readonly contentType: string
}

const deepestBody = 100
/** Pictures may have 10 MB, and a multipart frame around them. */
const largestUpload = 11 * 1024 * 1024

/** Teaches the server the content types. */
export function readBodies(app: FastifyInstance): void {
  readJson(app)
  app.addContentTypeParser<string>(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    async (request: FastifyRequest, text: string): Promise<FormBody> =>
      formOf(request, new URLSearchParams(text), null),
  )
  const upload = { parseAs: 'buffer', bodyLimit: largestUpload } as const
  app.addContentTypeParser<Buffer>(
    'multipart/form-data',
    upload,
    async (request: FastifyRequest, bytes: Buffer) => await parseMultipart(request, bytes),
  )
  app.addContentTypeParser<Buffer>('application/octet-stream', upload, readFile)
  app.addContentTypeParser<Buffer>(/^image\//, upload, readFile)
}

/** The SDK announces JSON on requests without a body, which Fastify's own parser refuses. */
function readJson(app: FastifyInstance): void {
  const parseJson = app.getDefaultJsonParser('error', 'error')
  app.removeContentTypeParser(['application/json', 'text/plain'])
  app.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') done(null, undefined)
    else if (nestingOf(body) > deepestBody) done(new ClerkRefusal('request_body_invalid', {}))
    else void parseJson(request, body, done)
  })
}

async function readFile(request: FastifyRequest, bytes: Buffer): Promise<FormBody> {
  return formOf(request, new URLSearchParams(), fileOf(contentTypeOf(request), bytes))
}

function formOf(request: FastifyRequest, fields: URLSearchParams, file: UploadedFile | null): FormBody {
  return { [form]: true, contentType: contentTypeOf(request), fields, file }
}

function contentTypeOf({ headers }: FastifyRequest): string {
  return headers['content-type'] ?? ''
}

/** clerk-js sends a picture either as its bytes or as base64 text under the same content type. */
function fileOf(contentType: string, bytes: Buffer): UploadedFile {
  const text = bytes.subarray(0, 64).toString('latin1')
  if (!/^[A-Za-z0-9+/=\r\n]+$/.test(text) || bytes.length < 64) return { bytes, contentType }
  return { bytes: Buffer.from(bytes.toString('latin1'), 'base64'), contentType }
}

async function parseMultipart(request: FastifyRequest, bytes: Buffer): Promise<FormBody> {
  const fields = new URLSearchParams()
  const files: UploadedFile[] = []
  await new Promise<void>((resolve, reject) => {
    const parser = busboy({ headers: { 'content-type': contentTypeOf(request) }, limits: { files: 1, fields: 50 } })
    parser.on('field', (name, value) => fields.append(name, value))
    parser.on('file', (_name, stream, { mimeType }) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => files.push({ bytes: Buffer.concat(chunks), contentType: mimeType }))
    })
    parser.on('close', resolve)
    parser.on('error', reject)
    Readable.from([bytes]).pipe(parser)
  }).catch((error: unknown) => {
    throw new ClerkRefusal('malformed_request_parameters', {}, { cause: error })
  })
  return formOf(request, fields, files[0] ?? null)
}
