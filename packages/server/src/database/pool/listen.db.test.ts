import { EventEmitter, once } from 'node:events'
import { createTestDatabase } from '@tenon/testing'
import type { TestDatabase } from '@tenon/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { listen } from './listen.ts'
import type { Listener } from './listen.ts'

let made: TestDatabase

beforeAll(async () => {
  made = await createTestDatabase()
})

afterAll(async () => {
  await made.drop()
})

interface Heard {
  readonly events: EventEmitter
  readonly listener: Listener
}

function hear(url: string): Heard {
  const events = new EventEmitter()
  const listener = listen({
    url,
    channel: 'Odd "name"',
    onNotification: (payload) => events.emit('notification', payload),
    onReconnect: () => events.emit('reconnect'),
    onLost: (reason, retryIn) => events.emit('lost', reason, retryIn),
  })
  return { events, listener }
}

test('a listener hears its channel, and again after its session was ended', async () => {
  const { events, listener } = hear(made.url())
  await listener.ready
  const first = once(events, 'notification')
  await made.query(`select pg_notify('Odd "name"', 'one')`)
  expect(await first).toEqual(['one'])

  const lost = once(events, 'lost')
  const back = once(events, 'reconnect')
  await made.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where query like 'listen%' and datname = current_database()`,
    'supabase_admin',
  )
  expect(await lost).toEqual([expect.stringContaining('terminating connection'), 1_000])
  await back
  const second = once(events, 'notification')
  await made.query(`select pg_notify('Odd "name"', 'two')`)
  expect(await second).toEqual(['two'])
  await listener.close()
})

test('a listener that cannot connect waits longer each time', async () => {
  const { events, listener } = hear('postgresql://nobody@127.0.0.1:1/nothing')
  const [, first] = (await once(events, 'lost')) as [string, number]
  const [, second] = (await once(events, 'lost')) as [string, number]
  expect([first, second]).toEqual([1_000, 2_000])
  await listener.close()
})
