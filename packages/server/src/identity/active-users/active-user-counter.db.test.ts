import { randomBytes } from 'node:crypto'
import { createTestDatabase, type TestDatabase } from '@tenon/testing'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Identity } from '../identity.ts'
import { createActiveUserCounter, type ActiveUserCounter, type RunSql } from './active-user-counter.ts'

let made: TestDatabase
let client: Client

beforeAll(async () => {
  made = await createTestDatabase()
  client = new Client(made.settings('supabase_admin'))
  await client.connect()
})

afterAll(async () => {
  await client.end()
  await made.drop()
})

const run: RunSql = async (text, values) => (await client.query<Record<string, string>>(text, [...values])).rows
let at = Date.UTC(2026, 0, 31, 23, 59) / 1000
const counter = (through: RunSql = run): ActiveUserCounter =>
  createActiveUserCounter({ run: through, now: () => at, random: (size) => randomBytes(size) })

const seen = (issuer: string | null, subject: string | null): Identity => ({
  kind: 'identity',
  role: 'authenticated',
  claims: {},
  claimsJson: '{}',
  issuer,
  subject,
  via: 'token',
  expiresAt: null,
})

it('a person counts once a month and issuer, however many processes see her, and nothing names her', async () => {
  const [one, other] = [counter(), counter()]
  for (const node of [one, other]) {
    node.note(seen('https://a', 'user_1'))
    node.note(seen('https://a', 'user_1'))
    node.note(seen('https://b', 'user_1'))
    node.note(seen(null, 'user_1'))
    node.note(seen('https://a', null))
  }
  expect(one.pending()).toBe(2)
  await Promise.all([one.flush(), other.flush()])
  at += 120
  one.note(seen('https://a', 'user_1'))
  expect(await one.counts()).toEqual([
    { month: '2026-02', issuer: 'https://a', users: 1 },
    { month: '2026-01', issuer: 'https://a', users: 1 },
    { month: '2026-01', issuer: 'https://b', users: 1 },
  ])
  const { rows } = await client.query<{ text: string }>('select m::text as text from tenon.monthly_active_users m')
  expect(rows.map(({ text }) => text).join()).not.toContain('user_1')
})

it('what could not be written is written by the next flush', async () => {
  let broken = true
  const failing: RunSql = (text, values) => (broken ? Promise.reject(new Error('no connection')) : run(text, values))
  const node = counter(failing)
  node.note(seen('https://c', 'user_9'))
  await expect(node.flush()).rejects.toThrow('no connection')
  expect(node.pending()).toBe(1)
  broken = false
  expect(await node.counts()).toContainEqual({ month: '2026-02', issuer: 'https://c', users: 1 })
})
