import { expect, test } from 'vitest'

import { createPeers } from './peers.ts'

test('a process is known from its first word until it ends', () => {
  const peers = createPeers()
  expect([peers.heard('a'), peers.heard('a'), peers.known()]).toEqual([true, false, ['a']])
  expect([peers.ended('a'), peers.ended('a'), peers.known()]).toEqual([true, false, []])
})

test('one that is silent is gone after four ticks, and one that speaks between them is not', () => {
  const peers = createPeers()
  peers.heard('silent')
  peers.heard('speaks')
  const gone = Array.from({ length: 5 }, () => {
    peers.heard('speaks')
    return peers.tick()
  })
  expect(gone).toEqual([[], [], [], ['silent'], []])
  expect(peers.known()).toEqual(['speaks'])
})
