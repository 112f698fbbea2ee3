import { expect, test } from 'vitest'

import { parseFrame, printStatus } from './wal-frames.ts'

function keepalive(end: bigint, wantsReply: number): Buffer {
  const bytes = Buffer.alloc(18)
  bytes.write('k')
  bytes.writeBigUInt64BE(end, 1)
  bytes[17] = wantsReply
  return bytes
}

test('data begins behind its header', () => {
  expect(parseFrame(Buffer.concat([Buffer.from('w'), Buffer.alloc(25)]))).toEqual({ kind: 'data', at: 25 })
})

test('a keepalive says how far Postgres is and whether it waits for an answer', () => {
  expect(parseFrame(keepalive(77n, 0))).toEqual({ kind: 'keepalive', end: 77n, wantsReply: false })
  expect(parseFrame(keepalive(2n ** 64n - 1n, 1))).toEqual({ kind: 'keepalive', end: 2n ** 64n - 1n, wantsReply: true })
})

test.each([
  ['nothing', Buffer.alloc(0)],
  ['data without any', Buffer.concat([Buffer.from('w'), Buffer.alloc(24)])],
  ['half a keepalive', keepalive(1n, 0).subarray(0, 10)],
  ['an unknown frame', Buffer.from('zzzzzzzzzzzzzzzzzzzz')],
])('%s is no frame', (_what, bytes) => {
  expect(() => parseFrame(bytes)).toThrow('replication stream')
})

test('a status is one message of the protocol: places, the time since 2000 in microseconds, the wish for an answer', () => {
  const now = Date.UTC(2000, 0, 1, 0, 0, 1)
  const bytes = printStatus({ received: 5n, confirmed: 3n, now, wantsReply: true })
  expect(bytes.toString('latin1', 0, 1)).toBe('d')
  expect(bytes.readInt32BE(1)).toBe(bytes.length - 1)
  expect(bytes.toString('latin1', 5, 6)).toBe('r')
  expect([6, 14, 22, 30].map((at) => bytes.readBigInt64BE(at))).toEqual([5n, 3n, 3n, 1_000_000n])
  expect(bytes[38]).toBe(1)
})
