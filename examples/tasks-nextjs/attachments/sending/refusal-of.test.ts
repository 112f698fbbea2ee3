import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

import { Upload } from 'tus-js-client'
import { expect, test } from 'vitest'

import { isWorthAnotherTry, refusalOf } from './refusal-of'

/** What tus-js-client makes of this answer to the beginning of an upload. */
async function errorFor(status: number, body: string, headers: Record<string, string> = {}): Promise<Error> {
  const server = createServer((request, response) => {
    request.resume()
    response.writeHead(status, headers).end(body)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  const error = await new Promise<Error>((resolve) => {
    new Upload(Buffer.from('x'), { endpoint, retryDelays: null, onError: resolve }).start()
  })
  server.close()
  return error
}

test.each([
  ['a file that is too large', 413, 'Maximum size exceeded\n', 'The upload was refused: Maximum size exceeded'],
  ['a name that is taken', 409, 'The resource already exists', 'A file of that name already exists.'],
  ['a denial', 403, '{"message":"Invalid Compact JWS"}', 'The upload was refused: Invalid Compact JWS'],
  ['a proxy that says nothing', 413, '', 'The upload was refused: status 413'],
])('%s is said in one sentence, and once', async (_what, status, body, message) => {
  const error = await errorFor(status, body)
  expect(refusalOf(error).message).toBe(message)
  expect(isWorthAnotherTry(error)).toBe(false)
})

test('what the server advises is shown', async () => {
  const error = await errorFor(403, 'new row violates', { 'x-tenon-hint': 'Make a policy' })
  expect(refusalOf(error)).toEqual({ message: 'The upload was refused: new row violates', hint: 'Make a policy' })
})

test.each([
  [423, 'locked'],
  [409, 'Upload-Offset conflict\n'],
  [503, 'starting'],
])('%i %s is tried again', async (status, body) => {
  expect(isWorthAnotherTry(await errorFor(status, body))).toBe(true)
})

test('a lost connection is tried again, and said without the details of the request', () => {
  const error = new Error('tus: failed to create upload, originated from request (method: POST)')
  expect(isWorthAnotherTry(error)).toBe(true)
  expect(refusalOf(error).message).toBe('The upload was broken off.')
  expect(refusalOf(error).hint).not.toContain('tus:')
})
