import { createTestDatabase, type TestDatabase } from '@tenon/testing'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { roleFinder } from './role-finder.ts'

let database: TestDatabase
let client: Client
const made = `finder_${process.pid}`

beforeAll(async () => {
  database = await createTestDatabase()
  client = new Client(database.settings('supabase_admin'))
  await client.connect()
  await client.query(`create role ${made}_granted nologin; grant ${made}_granted to authenticator`)
  await client.query(`create role ${made}_alone nologin`)
})
afterAll(async () => {
  await client.query(`drop role ${made}_granted, ${made}_alone`)
  await client.end()
  await database.drop()
})

test.each([
  ['anon', { kind: 'role', settable: true, privileged: false }],
  ['service_role', { kind: 'role', settable: true, privileged: true }],
  ['supabase_admin', { kind: 'role', settable: false, privileged: true }],
  [`${made}_granted`, { kind: 'role', settable: true, privileged: false }],
  [`${made}_alone`, { kind: 'role', settable: false, privileged: false }],
  [`${made}_nobody`, { kind: 'missing' }],
])('the database says of %s what SET ROLE would', async (role, expected) => {
  const finder = roleFinder(
    'authenticator',
    async (text, values) => (await client.query<Record<string, string>>(text, [...values])).rows,
  )
  expect(await finder.find(role)).toEqual(expected)
})
