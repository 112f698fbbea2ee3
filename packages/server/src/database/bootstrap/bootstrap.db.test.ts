import { createTestDatabase, type TestDatabase } from '@tenon/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(async () => await database.drop())

describe('the functions that policies read the token with', () => {
  it('answer null without a token', async () => {
    const rows = await database.query('select auth.uid(), auth.role(), auth.email(), auth.jwt()')
    expect(rows).toEqual([{ uid: null, role: null, email: null, jwt: null }])
  })
})
