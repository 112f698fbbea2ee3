import * as fc from 'fast-check'
import { expect, test } from 'vitest'

import { isRefusal } from '../../../refusal/refusal.ts'
import { decodeChunked } from './decode-chunked.ts'

async function* pieces(list: readonly Uint8Array[]): AsyncGenerator<Buffer> {
  for (const each of list) yield Buffer.from(each)
}

async function decode(source: AsyncIterator<Buffer>): Promise<Buffer | string> {
  const options = { signatures: null, hasTrailer: true, onTrailer: () => {} }
  const chunks: Buffer[] = []
  try {
    for await (const bytes of decodeChunked(source, options)) chunks.push(bytes)
    return Buffer.concat(chunks)
  } catch (error) {
    if (!isRefusal(error)) throw error
    return error.code
  }
}

function cutAt(bytes: Buffer, cuts: readonly number[]): readonly Buffer[] {
  const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].toSorted((one, other) => one - other)
  return places.slice(1).map((end, index) => bytes.subarray(places[index], end))
}

test('what was put into chunks comes out of them, wherever the bytes were cut', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.uint8Array({ minLength: 1, maxLength: 300 })),
      fc.array(fc.nat()),
      async (chunks, cuts) => {
        const framed = chunks.map((chunk) =>
          Buffer.concat([Buffer.from(`${chunk.length.toString(16)}\r\n`), chunk, Buffer.from('\r\n')]),
        )
        const body = Buffer.concat([...framed, Buffer.from('0\r\n\r\n')])
        expect(await decode(pieces(cutAt(body, cuts)))).toEqual(Buffer.concat(chunks))
      },
    ),
  )
})

const token = fc.oneof(
  fc.constantFrom('0', '5', 'ff', '\r\n', '\n', ';chunk-signature=', 'a'.repeat(64), ':', 'hello', ''),
  fc.string({ maxLength: 8 }),
)

test('whatever comes instead of chunks is read to its end or refused', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(token), fc.array(fc.nat()), async (tokens, cuts) => {
      const answer = await decode(pieces(cutAt(Buffer.from(tokens.join('')), cuts)))
      expect([true, 's3.body-malformed']).toContain(Buffer.isBuffer(answer) || answer)
    }),
  )
})

test('an endless line is refused before it fills the memory', async () => {
  let given = 0
  const endless = async function* (): AsyncGenerator<Buffer> {
    for (;;) {
      given += 1024
      yield Buffer.alloc(1024, 0x61)
    }
  }
  expect(await decode(endless())).toBe('s3.body-malformed')
  expect(given).toBeLessThan(64 * 1024)
})
