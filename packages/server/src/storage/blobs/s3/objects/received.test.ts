import { Readable } from 'node:stream'

import { afterEach, beforeEach, expect, test, vi } from 'vitest'

import { received } from './received.ts'

const PATIENCE = 1000

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
})
afterEach(() => {
  vi.useRealTimers()
})

function chunksOf(stream: Readable): AsyncIterator<Buffer> {
  return stream.iterator() as AsyncIterator<Buffer>
}

test('a reader may take longer than the store', async () => {
  const piece = Buffer.alloc(100_000, 'a')
  const chunks = chunksOf(received(Readable.from([piece, piece, piece], { objectMode: false }), PATIENCE))
  let read = 0
  for (let next = await chunks.next(); next.done !== true; next = await chunks.next()) {
    read += next.value.length
    // More than it keeps is there by then.
    await new Promise((later) => setImmediate(later))
    expect(vi.getTimerCount()).toBe(0)
    vi.advanceTimersByTime(PATIENCE * 10)
  }
  expect(read).toBe(300_000)
})

test('a store that sends nothing while it is waited for is given up', async () => {
  const body = new Readable({ read() {} })
  body.push('a')
  const chunks = chunksOf(received(body, PATIENCE))
  await chunks.next()
  const next = chunks.next()
  await vi.waitUntil(() => vi.getTimerCount() > 0)
  vi.advanceTimersByTime(PATIENCE)
  await expect(next).rejects.toMatchObject({
    code: 'storage.bytes-unavailable',
    detail: { reason: 'The store of the bytes went silent' },
  })
  expect(body.destroyed).toBe(true)
})

test('what is given up before it is read gives up what the store sends', async () => {
  const body = new Readable({ read() {} })
  const stream = received(body, PATIENCE)
  const closed = new Promise((resolve) => body.once('close', resolve))
  stream.destroy()
  await closed
  expect(body.destroyed).toBe(true)
})
