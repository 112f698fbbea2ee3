import { afterAll, beforeAll, expect, test } from 'vitest'

import { createTestDatabase, type TestDatabase } from '../../../../testing/src/template-database.ts'
import { type RunningClerk, startClerk } from '../../start-clerk.ts'
import { type ClerkDatabase, openDatabase } from '../../state/database/database.ts'
import { type Store, storeOf } from '../../state/database/store.ts'
import { recordEvent } from './record-event.ts'

let database: TestDatabase
let connection: ClerkDatabase
let clerk: RunningClerk
let store: Store

beforeAll(async () => {
  database = await createTestDatabase()
  connection = openDatabase(database.url('tenon_clerk'), () => undefined)
  clerk = await startClerk({
    databaseUrl: database.url('tenon_clerk'),
    port: 0,
    instances: [{ name: 'default', domain: 'e.local.clerk.accounts.dev', secretKey: 'sk_test_of_the_event_instance' }],
  })
  store = storeOf(connection, { instanceId: clerk.instance().id, now: () => 1_700_000_000_000, imageUrlOf: () => '' })
})
afterAll(async () => {
  await clerk.stop()
  await connection.close()
  await database.drop()
})

const recorded = async () =>
  await connection.query<{ timestamp: number; at: number; name: string }>(
    `select (body ->> 'timestamp')::float8 as timestamp, created_at as at, body -> 'data' ->> 'id' as name
     from clerk.events order by position`,
  )

test('events of one millisecond have moments of their own, in the order of their recording', async () => {
  await store.atomically(async (inner) => {
    for (const id of ['a', 'b', 'c']) await recordEvent(inner, 'user.updated', { id })
  })
  const moments = [0, 1, 2].map((later) => 1_700_000_000_000 + later)
  expect(await recorded()).toEqual(
    ['a', 'b', 'c'].map((name, index) => ({ name, timestamp: moments[index], at: moments[index] })),
  )
})

test('an event that is not committed never was', async () => {
  const before = await recorded()
  const failing = store.atomically(async (inner) => {
    await recordEvent(inner, 'user.updated', { id: 'd' })
    throw new Error('undone')
  })
  await expect(failing).rejects.toThrow('undone')
  expect(await recorded()).toEqual(before)
})
