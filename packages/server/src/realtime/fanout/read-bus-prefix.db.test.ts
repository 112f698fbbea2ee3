import { createTestDatabase, type TestDatabase } from '@tenon/testing'
import { expect, test } from 'vitest'

import { openDatabase } from '../../database/pipeline/open-database.ts'
import { readBusPrefix } from './read-bus-prefix.ts'

test('processes over one database have one prefix, and those over another of the same cluster another', async () => {
  await using one = await createTestDatabase()
  await using other = await createTestDatabase()
  const prefixes = [await prefixOf(one), await prefixOf(one), await prefixOf(other)]
  expect(prefixes[0]).toMatch(/^tenon\.\d+-\d+$/)
  expect(prefixes[1]).toBe(prefixes[0])
  expect(prefixes[2]).not.toBe(prefixes[0])
})

async function prefixOf(made: TestDatabase): Promise<string> {
  const login = made.settings('authenticator')
  const database = openDatabase({ ...login, size: 1 })
  const prefix = await readBusPrefix(database, login.user)
  await database.close()
  return prefix
}
