import { Readable } from 'node:stream'
import { finished } from 'node:stream/promises'

import { expect, test } from 'vitest'

import { detachedBody } from '../../door/detached-body.ts'
import { readSignedForm, type SignedForm } from './read-signed-form.ts'

const headers = { 'content-type': 'multipart/form-data; boundary=b' }
const field = (name: string, value: string): string =>
  `--b\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`
const fileHead = (name: string): string =>
  `--b\r\ncontent-disposition: form-data; name="${name}"; filename="a.txt"\r\n\r\n`

function read(text: string): Promise<SignedForm> {
  return readSignedForm(headers, detachedBody(Readable.from([Buffer.from(text)], { objectMode: false })))
}

test('fields are known by their names in lower case when the file begins', async () => {
  const form = await read(`${field('Key', 'a/${filename}')}${fileHead('file')}bytes\r\n--b--\r\n`)
  expect([...form.fields]).toEqual([['key', 'a/${filename}']])
  expect(form.filename).toBe('a.txt')
  expect(Buffer.concat((await form.file.toArray()) as Buffer[]).toString()).toBe('bytes')
})

test.each([
  ['no file', `${field('key', 'k')}--b--\r\n`, 'The form has no field `file`'],
  ['a field twice', `${field('key', 'k')}${field('Key', 'k')}--b--\r\n`, 'The field key is too long, or there twice'],
  [
    'a field that is too long',
    `${field('key', 'k'.repeat(20 * 1024 + 1))}--b--\r\n`,
    'The field key is too long, or there twice',
  ],
  [
    'its file under another name, which breaks off',
    `${fileHead('upload')}half`,
    'The form has a file under another name than `file`',
  ],
  [
    'a field that breaks off',
    `${field('key', 'k')}--b\r\ncontent-disposition: form-data; name="a"\r\n\r\nx`,
    undefined,
  ],
])('a form with %s is refused', async (_what, text, reason) => {
  const detail = reason === undefined ? {} : { detail: { reason } }
  await expect(read(text)).rejects.toMatchObject({ code: 'storage.request-invalid', ...detail })
})

test('a file that breaks off fails for its reader, however late that one begins', async () => {
  const form = await read(`${fileHead('file')}half`)
  await expect(finished(form.file)).rejects.toMatchObject({ code: 'storage.request-invalid' })
  await expect(form.file.toArray()).rejects.toMatchObject({ code: 'storage.request-invalid' })
})
