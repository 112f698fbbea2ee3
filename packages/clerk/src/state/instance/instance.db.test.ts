import { afterAll, beforeAll, expect, test } from 'vitest'

import { createTestDatabase, type TestDatabase } from '../../../../testing/src/template-database.ts'
import { type ClerkDatabase, openDatabase } from '../database/database.ts'
import { type Instance, openInstance } from './instance.ts'
import { migrate } from '../migrations/migrate.ts'

let database: TestDatabase
let own: ClerkDatabase
let instance: Instance
let clock = Date.now()

beforeAll(async () => {
  database = await createTestDatabase()
  own = openDatabase(database.url('tenon_clerk'), () => undefined)
  await migrate(own)
  const configured = { name: 'default', domain: 'held.local.clerk.accounts.dev', secretKey: 'sk_test_instance_held' }
  instance = await openInstance(own, configured, { now: () => clock, frontendApiUrl: () => 'http://localhost:4000' })
})

afterAll(async () => {
  await own.close()
  await database.drop()
})

test('transactions that hold every connection learn what the settings are all the same', async () => {
  await instance.snapshot()
  clock += 60_000
  const connections = 10
  let begun = 0
  const { promise: allHeld, resolve: held } = Promise.withResolvers<void>()
  const snapshots = await Promise.all(
    Array.from({ length: connections }, () =>
      own.transaction(async () => {
        begun += 1
        if (begun === connections) held()
        await allHeld
        return await instance.snapshot()
      }),
    ),
  )
  expect(new Set(snapshots).size).toBe(1)
})
