import { createTestDatabase } from '@tenon/testing'
import type { TestDatabase } from '@tenon/testing'
import type { PoolClient } from 'pg'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { isRefusal } from '../../refusal/refusal.ts'
import { openPool } from './open-pool.ts'
import type { ConnectionPool, PoolOptions, Release } from './open-pool.ts'

let made: TestDatabase
const opened: ConnectionPool[] = []

beforeAll(async () => {
  made = await createTestDatabase()
})

afterEach(async () => {
  for (const pool of opened.splice(0)) await pool.close()
})

afterAll(async () => {
  await made.drop()
})

function open(options: PoolOptions): ConnectionPool {
  const pool = openPool({ url: made.url(), ...options })
  opened.push(pool)
  return pool
}

interface Loan {
  readonly client: PoolClient
  readonly release: Release
}

function borrow(pool: ConnectionPool): Promise<Loan> {
  return new Promise((resolve, reject) => {
    pool.acquire((refusal, client, release) => {
      if (client === undefined) reject(refusal ?? new Error('neither a connection nor a refusal'))
      else resolve({ client, release })
    })
  })
}

test('a connection that comes back is lent again before another is made', async () => {
  const pool = open({ size: 3 })
  const first = await borrow(pool)
  first.release()
  const second = await borrow(pool)
  expect(second.client).toBe(first.client)
  expect(pool.gauge()).toEqual({ size: 3, open: 1, idle: 0, waiting: 0 })
  second.release()
})

test('requests that wait are served in the order they came', async () => {
  const pool = open({ size: 1 })
  const held = await borrow(pool)
  const order: number[] = []
  const waiting = [1, 2, 3].map(async (number) => {
    const loan = await borrow(pool)
    order.push(number)
    loan.release()
  })
  expect(pool.gauge().waiting).toBe(3)
  held.release()
  await Promise.all(waiting)
  expect(order).toEqual([1, 2, 3])
})

test('a broken connection makes room for a new one, which the longest waiting request gets', async () => {
  const pool = open({ size: 1 })
  const held = await borrow(pool)
  const next = borrow(pool)
  held.release(new Error('broken'))
  const loan = await next
  expect(loan.client).not.toBe(held.client)
  expect(pool.gauge().open).toBe(1)
  loan.release()
})

test('a connection that breaks while nobody uses it is not lent again', async () => {
  const pool = open({ size: 1 })
  const first = await borrow(pool)
  const { rows } = await first.client.query<{ pid: number }>('select pg_backend_pid() as pid')
  const ended = new Promise((resolve) => first.client.once('end', resolve))
  first.release()
  await made.query(`select pg_terminate_backend(${rows[0]?.pid})`, 'supabase_admin')
  await ended
  expect(pool.gauge()).toMatchObject({ open: 0, idle: 0 })
  const second = await borrow(pool)
  expect((await second.client.query('select 1')).rowCount).toBe(1)
  second.release()
})

test('a request that waits too long is refused and those behind it keep their places', async () => {
  const pool = open({ size: 1, acquireTimeout: 50 })
  const held = await borrow(pool)
  const refused: unknown = await borrow(pool).catch((thrown: unknown) => thrown)
  expect(isRefusal(refused) && refused.code).toBe('postgres.pool-timeout')
  const late = borrow(pool)
  held.release()
  ;(await late).release()
})

test('connections nobody uses are closed after their time', async () => {
  const pool = open({ size: 2, idleTimeout: 40 })
  const [one, other] = await Promise.all([borrow(pool), borrow(pool)])
  one.release()
  other.release()
  await expect.poll(() => pool.gauge().open).toBe(0)
})

test('closing waits for the connection in use and for the request behind it', async () => {
  const pool = openPool({ url: made.url(), size: 1 })
  const held = await borrow(pool)
  const behind = borrow(pool)
  const closed = pool.close()
  held.release()
  const loan = await behind
  expect((await loan.client.query('select 1')).rowCount).toBe(1)
  loan.release()
  await closed
  await expect(borrow(pool)).rejects.toMatchObject({ code: 'postgres.unreachable' })
})
