import { expect, test } from 'vitest'

import { giveBack, ownChunk } from './own-chunks.ts'

test('a chunk of one’s own is empty once it is given back', () => {
  const chunk = ownChunk(Buffer.allocUnsafeSlow(65_536))
  giveBack(chunk)
  expect(chunk).toHaveLength(0)
})

test('a chunk that others may look at stays as it is', () => {
  const chunk = Buffer.alloc(65_536, 'x')
  giveBack(chunk)
  expect(chunk).toHaveLength(65_536)
})

test('a piece of memory that others have pieces of stays as it is', () => {
  const memory = Buffer.alloc(65_536, 'x')
  giveBack(ownChunk(memory.subarray(0, 1000)))
  expect(memory).toHaveLength(65_536)
})
