import { expect, test } from 'vitest'

import { createLocalBus } from './local-bus.ts'

test('a process that is alone tells nobody, hears nobody and waits for nobody', async () => {
  const bus = createLocalBus()
  const heard: unknown[] = []
  bus.subscribe('room', (payload) => heard.push(payload))
  bus.watch((event) => heard.push(event))
  await bus.settled()
  bus.publish('room', Buffer.from('hello'))
  await bus.close()
  expect({ heard, peers: bus.peers(), state: bus.state() }).toEqual({ heard: [], peers: [], state: { kind: 'alone' } })
})

test('no two processes have one name', () => {
  expect(createLocalBus().node).not.toBe(createLocalBus().node)
})
