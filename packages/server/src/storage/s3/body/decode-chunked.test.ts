import { Readable } from 'node:stream'
import { describe, expect, test } from 'vitest'

import { isRefusal } from '../../../refusal/refusal.ts'
import { decodeChunked } from './decode-chunked.ts'

const SIGNATURE = 'a'.repeat(64)

async function decoded(text: string, options: { readonly hasTrailer?: boolean; readonly cut?: number } = {}) {
  const { hasTrailer = false, cut = 7 } = options
  const pieces = Array.from({ length: Math.ceil(text.length / cut) }, (_, index) =>
    Buffer.from(text.slice(index * cut, (index + 1) * cut)),
  )
  let trailers: ReadonlyMap<string, string> = new Map()
  const onTrailer = (each: ReadonlyMap<string, string>): void => void (trailers = each)
  const source = Readable.from(pieces)[Symbol.asyncIterator]() as AsyncIterator<Buffer>
  const chunks: Buffer[] = []
  try {
    for await (const bytes of decodeChunked(source, { signatures: null, hasTrailer, onTrailer })) chunks.push(bytes)
  } catch (error) {
    if (!isRefusal(error)) throw error
    return { refused: error.code }
  }
  return { text: Buffer.concat(chunks).toString(), trailers: Object.fromEntries(trailers) }
}

test.each([1, 2, 3, 1000])('chunks come together, however the bytes are cut (%i)', async (cut) => {
  const text = '5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n'
  expect(await decoded(text, { cut })).toEqual({ text: 'hello world', trailers: {} })
})

test('headers behind the last chunk are told', async () => {
  const text = '2\r\nhi\r\n0\r\nX-Amz-Checksum-Crc32: sum=\r\n\r\n'
  expect(await decoded(text, { hasTrailer: true })).toEqual({
    text: 'hi',
    trailers: { 'x-amz-checksum-crc32': 'sum=' },
  })
})

describe('refused is a body', () => {
  test.each([
    ['without a last chunk', '2\r\nhi\r\n'],
    ['that ends within a chunk', '5\r\nhe'],
    ['that ends within a line', '5'],
    ['with no size', '\r\nhi\r\n0\r\n\r\n'],
    ['with a size that is no number', 'zz\r\nhi\r\n0\r\n\r\n'],
    ['with a size beyond all bounds', 'fffffffff\r\nhi'],
    ['with a chunk longer than its size', '1\r\nhi\r\n0\r\n\r\n'],
    ['with lines that end without CR', '2\nhi\n0\n\n'],
    ['with an endless line', 'a'.repeat(5000)],
    ['with a signature that is none', '2;chunk-signature=x\r\nhi\r\n0\r\n\r\n'],
    ['with bytes behind its end', '2\r\nhi\r\n0\r\n\r\nmore'],
    ['with a trailer nobody announced', '2\r\nhi\r\n0\r\na:b\r\n\r\n'],
  ])('%s', async (_name, text) => {
    expect(await decoded(text)).toEqual({ refused: 's3.body-malformed' })
  })
})

test('signatures of an unsigned body are passed over', async () => {
  const text = `2;chunk-signature=${SIGNATURE}\r\nhi\r\n0;chunk-signature=${SIGNATURE}\r\n\r\n`
  expect(await decoded(text)).toEqual({ text: 'hi', trailers: {} })
})
