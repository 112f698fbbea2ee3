import { createTestDatabase, type TestDatabase } from '@tenon/testing'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'

import { openDatabase, type OpenDatabase } from '../../../database/pipeline/open-database.ts'
import { createUntilVisible } from './until-visible.ts'

let made: TestDatabase
let database: OpenDatabase
let writer: Client

beforeAll(async () => {
  made = await createTestDatabase()
  database = openDatabase({ url: made.url('authenticator'), size: 1 })
  writer = new Client(made.settings('postgres'))
  await writer.connect()
})
afterAll(async () => {
  await writer.end()
  await database.close()
  await made.drop()
})

/** The low 32 bits, as the stream has them, of a transaction that stays open until `end`. */
async function begin(): Promise<{ readonly xid: number; readonly end: () => Promise<void> }> {
  await writer.query('begin')
  const { rows } = await writer.query<{ xid: string }>('select pg_current_xact_id()::text as xid')
  return {
    xid: Number(BigInt(rows[0]?.xid ?? '0') % 4294967296n),
    end: async () => void (await writer.query('commit')),
  }
}

const untilVisible = (isOver = (): boolean => false) => createUntilVisible({ database, role: 'authenticator', isOver })

it('a transaction that is through is seen at once', async () => {
  const { xid, end } = await begin()
  await end()
  await untilVisible()(xid)
  expect(await settled(untilVisible()(xid))).toBe(true)
})

it('one that is under way is waited for, and no longer than until it is through', async () => {
  const { xid, end } = await begin()
  const waiting = untilVisible()(xid)
  await database.run(nothing)
  expect(await settled(waiting)).toBe(false)
  await end()
  await waiting
})

it('nobody waits once it is over', async () => {
  const { xid, end } = await begin()
  expect(await untilVisible(() => true)(xid)).toBeUndefined()
  await end()
})

it('one of long ago is seen', async () => {
  expect(await settled(untilVisible()(3))).toBe(true)
})

const nothing = {
  kind: 'transaction',
  role: 'authenticator',
  settings: [],
  readOnly: true,
  statements: [],
  end: 'commit',
} as const

/** Whether it resolves before a round trip to Postgres and back does. */
async function settled(work: Promise<void>): Promise<boolean> {
  const round = writer.query('select pg_sleep(0.05)').then(() => false)
  return await Promise.race([work.then(() => true), round])
}
