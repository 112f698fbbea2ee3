import { expect, test } from 'vitest'

import { type AnyRefusal, Refusal } from '../../refusal/refusal.ts'
import { isPassing, mayBeDone } from './passing.ts'

function said(sqlstate: string): AnyRefusal {
  const nothing = { message: '', detail: null, hint: null, role: null }
  return new Refusal('postgres.error', { sqlstate, ...nothing })
}

test.each(['40001', '40P01', '53300', '53100', '55P03', '57014', '57P01', '58030', '08006'])(
  'what Postgres refuses with %s may be done when it is asked for again',
  (sqlstate) => {
    expect(isPassing(said(sqlstate))).toBe(true)
  },
)

test.each(['23505', '23503', '42501', '22P05', 'TS001', '55000', 'P0001'])(
  'what Postgres refuses with %s would be refused again',
  (sqlstate) => {
    expect(isPassing(said(sqlstate))).toBe(false)
  },
)

test('a database or a place of bytes that is away comes back', () => {
  const away = [
    new Refusal('postgres.unreachable', { reason: 'x' }),
    new Refusal('postgres.pool-timeout', { waited: 1 }),
    new Refusal('postgres.connection-lost', { reason: 'x' }),
    new Refusal('storage.bytes-unavailable', { reason: 'x' }),
  ]
  expect(away.map(isPassing)).toEqual([true, true, true, true])
  expect(isPassing(new Refusal('storage.object-exists', { bucket: 'b', name: 'n' }))).toBe(false)
})

test('nobody knows what was done where the connection or the server ended, and it is known everywhere else', () => {
  expect(['57P01', '57P02', '08006', '57014', '40001', '23505'].map((state) => mayBeDone(said(state)))).toEqual([
    true,
    true,
    true,
    false,
    false,
    false,
  ])
  expect(mayBeDone(new Refusal('postgres.connection-lost', { reason: 'x' }))).toBe(true)
  expect(mayBeDone(new Refusal('postgres.pool-timeout', { waited: 1 }))).toBe(false)
})
