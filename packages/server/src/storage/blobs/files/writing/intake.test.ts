import { PassThrough, Readable } from 'node:stream'

import { expect, test } from 'vitest'

import { openIntake } from './intake.ts'

const PIECE = 64 * 1024

/** Endless, and counts what was asked of it. */
function counted(): { readonly stream: Readable; readonly pushed: () => number } {
  let pushed = 0
  const stream = new Readable({
    read() {
      pushed += PIECE
      this.push(Buffer.alloc(PIECE))
    },
  })
  return { stream, pushed: () => pushed }
}

test('what comes while nobody takes a batch waits within bounds', async () => {
  const { stream, pushed } = counted()
  const intake = openIntake(stream, Infinity)
  await intake.next()
  while (!stream.isPaused()) await new Promise((later) => setImmediate(later))
  const before = pushed()
  for (let turn = 0; turn < 100; turn++) await new Promise((later) => setImmediate(later))
  expect(pushed()).toBe(before)
  expect(before).toBeLessThan(3 * 1024 * 1024)
  intake.stop()
})

test('every chunk is handed on once and in order', async () => {
  const pieces = Array.from({ length: 20 }, (_, index) => Buffer.alloc(50_000, index))
  const intake = openIntake(Readable.from(pieces, { objectMode: false }), Infinity)
  const handed: Buffer[] = []
  for (let batch = await intake.next(); batch.length > 0; batch = await intake.next()) handed.push(...batch)
  expect(Buffer.concat(handed).equals(Buffer.concat(pieces))).toBe(true)
})

test('a stream that was closed before its end is no whole one', async () => {
  const stream = new PassThrough()
  const intake = openIntake(stream, Infinity)
  stream.write('half')
  stream.destroy()
  await expect(intake.next()).rejects.toThrow('closed before its end')
})

test('a stream that was over before it was read has no bytes, or failed', async () => {
  const failed = new PassThrough()
  failed.on('error', () => {})
  failed.destroy(new Error('gone'))
  await expect(openIntake(failed, 10).next()).rejects.toThrow('gone')
  const over = Readable.from([])
  await over.toArray()
  expect(await openIntake(over, 10).next()).toEqual([])
})
