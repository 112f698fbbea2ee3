import { createTestDatabase, type TestDatabase } from '@tenon/testing'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { type ConnectionSettings, connectionUrl } from '../engine.ts'
import { connectExternal } from './connect-external.ts'

let database: TestDatabase

beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(async () => await database.drop())

async function identityOf(settings: ConnectionSettings): Promise<unknown> {
  const client = new Client(settings)
  await client.connect()
  const { rows } = await client.query<object>('select session_user as session, current_user as current')
  await client.end()
  return rows[0]
}

describe('a Postgres that was given', () => {
  it('is met by its address', async () => {
    const engine = await connectExternal({ url: database.url('supabase_admin'), secret: 'x' })
    expect(engine.status()).toMatchObject({ kind: 'external', folder: null, pid: null })
    expect(Number.parseInt(engine.status().version, 10)).toBeGreaterThanOrEqual(15)
    expect(await identityOf(engine.adminConnection())).toMatchObject({ session: engine.adminConnection().user })
  })

  it('lets its own user stand in for roles that cannot log in', async () => {
    const admin = database.settings('supabase_admin')
    const engine = await connectExternal({ url: connectionUrl(admin), secret: 'x' })
    expect(await identityOf(engine.connection('authenticator'))).toMatchObject({ session: admin.user })
    expect(await identityOf(engine.connection('tenon_clerk'))).toEqual({ session: admin.user, current: 'tenon_clerk' })
  })

  it('refuses an address where nobody answers, and a wrong password', async () => {
    await expect(connectExternal({ url: 'postgresql://a:b@127.0.0.1:1/x', secret: 'x' })).rejects.toMatchObject({
      code: 'engine.unreachable',
      detail: { port: 1, reason: expect.stringContaining('ECONNREFUSED') },
    })
  })
})
