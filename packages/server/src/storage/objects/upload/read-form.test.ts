import { Readable } from 'node:stream'

import type { FastifyRequest } from 'fastify'
import { expect, test } from 'vitest'

import { detachedBody } from '../../door/detached-body.ts'
import type { IncomingFile } from './incoming-file.ts'
import { readForm } from './read-form.ts'

const headers = { 'content-type': 'multipart/form-data; boundary=b' }
const field = (name: string, value: string): string =>
  `--b\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`
const fileHead = '--b\r\ncontent-disposition: form-data; name=""; filename="x"\r\ncontent-type: image/png\r\n\r\n'

async function read(text: string, pieces = 7): Promise<IncomingFile> {
  const bytes = Buffer.from(text)
  const size = Math.max(1, Math.ceil(bytes.length / pieces))
  const cut = Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) =>
    bytes.subarray(at * size, at * size + size),
  )
  const body = detachedBody(Readable.from(cut, { objectMode: false }))
  return await readForm({ headers, body } as unknown as FastifyRequest)
}

test('fields before the file are known when it begins, and those behind it once all is said', async () => {
  const large = 'bytes'.repeat(400_000)
  const file = await read(
    `${field('cacheControl', '5')}${fileHead}${large}\r\n${field('metadata', '{"a":1}')}${field('contentType', 'image/gif')}--b--\r\n`,
    100,
  )
  expect(file.facts()).toEqual({ contentType: 'image/png', cacheControl: 'max-age=5', userMetadata: null })
  expect(Buffer.concat((await file.bytes.toArray()) as Buffer[]).toString()).toBe(large)
  await file.said
  expect(file.facts()).toEqual({ contentType: 'image/gif', cacheControl: 'max-age=5', userMetadata: { a: 1 } })
})

test.each([
  ['no file', `${field('a', 'b')}--b--\r\n`, 'storage.request-invalid'],
  ['nothing', '', 'storage.request-invalid'],
  ['no form', 'x'.repeat(100), 'storage.request-invalid'],
  ['a field that breaks off', '--b\r\ncontent-disposition: form-data; name="a"\r\n\r\nx', 'storage.request-invalid'],
  ['too much metadata', `${field('metadata', 'x'.repeat(64 * 1024 + 1))}${fileHead}`, 'storage.too-large'],
  ['too much in all its fields', `${field('metadata', 'x'.repeat(30_000)).repeat(3)}${fileHead}`, 'storage.too-large'],
  [
    'too much in fields that nobody knows',
    `${field('x', 'x'.repeat(30_000)).repeat(3)}${fileHead}`,
    'storage.too-large',
  ],
])('a form with %s is refused', async (_what, text, code) => {
  await expect(read(text)).rejects.toMatchObject({ code })
})

/** A body that goes on with the same piece until nobody wants it any more. */
function endlessBody(start: string, piece: string): Readable {
  const pieces = function* (): Generator<Buffer> {
    yield Buffer.from(start)
    for (let sent = 0; !body.destroyed && sent < 10_000; sent += 1) yield Buffer.from(piece)
  }
  const body = detachedBody(Readable.from(pieces(), { objectMode: false }))
  return body
}

test.each([
  ['fields', field('a', 'b'), 'The form has too many fields'],
  ['what is no part', 'x'.repeat(1000), 'The form has too much beside its file'],
])('a form that goes on with %s for ever is refused, and not read on', async (_what, piece, reason) => {
  const body = endlessBody('', piece)
  const reading = readForm({ headers, body } as unknown as FastifyRequest)
  await expect(reading).rejects.toMatchObject({ code: 'storage.request-invalid', detail: { reason } })
  expect(body.destroyed).toBe(true)
})

test('a form that goes on for ever behind its file fails for whoever waits for what is said of it', async () => {
  const body = endlessBody(`${fileHead}bytes\r\n`, field('a', 'b'))
  const file = await readForm({ headers, body } as unknown as FastifyRequest)
  expect(Buffer.concat((await file.bytes.toArray()) as Buffer[]).toString()).toBe('bytes')
  await expect(file.said).rejects.toMatchObject({ detail: { reason: 'The form has too many parts' } })
  expect(body.destroyed).toBe(true)
})

test('a file that breaks off fails for its reader, before and after it begins to read', async () => {
  const late = await read(`${fileHead}half`)
  await expect(late.said).rejects.toMatchObject({ code: 'storage.request-invalid' })
  await expect(late.bytes.toArray()).rejects.toMatchObject({ code: 'storage.request-invalid' })
  expect(late.failure()).toMatchObject({ code: 'storage.request-invalid' })
})

test('a file that nobody wants to the end lets go of the body', async () => {
  const file = await read(`${fileHead}${'x'.repeat(500_000)}\r\n--b--\r\n`)
  file.bytes.destroy()
  await new Promise<void>((done) => file.bytes.once('close', () => done()))
  expect(file.bytes.destroyed).toBe(true)
})
