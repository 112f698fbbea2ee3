import { describe, expect, it, test } from 'vitest'

import { planRun } from './plan-run.ts'

const asOwner = (sql: string) => planRun({ sql, as: null, explain: null })
const anon = { role: 'anon', claims: null }

describe('how a text runs', () => {
  it.each([
    ['select 1; select 2', 'one'],
    ['begin; select 1; commit', 'as-written'],
    ['vacuum', 'as-written'],
    ['create index concurrently i on t (a)', 'as-written'],
    ["select 'begin; commit'", 'one'],
    ['savepoint a; rollback to a', 'one'],
    ['call clean_up()', 'as-written'],
    ['call clean_up(); select 1', 'one'],
  ])('%j shares transactions: %s', (sql, transactions) => {
    expect(asOwner(sql).transactions).toBe(transactions)
  })

  it.each([
    ['select 1', true],
    ['(select 1)', true],
    ['with a as (select 1) select * from a', true],
    ['insert into t values (1) returning *', false],
    ['update t set a = 1', false],
  ])('%j may stop early: %s', (sql, reads) => {
    expect(asOwner(sql).statements[0]?.reads).toBe(reads)
  })
})

test('a text with an open quote is refused with its line', () => {
  expect(() => asOwner("select 1;\nselect 'open")).toThrow(
    expect.objectContaining({ code: 'platform.query-unreadable', detail: expect.objectContaining({ line: 2 }) }),
  )
})

test('what leaves the transaction is refused to anybody but the owner, and to an analysis', () => {
  const refused = expect.objectContaining({
    code: 'platform.query-needs-transaction',
    detail: expect.objectContaining({ line: 2, statement: 'COMMIT' }),
  })
  expect(() => planRun({ sql: 'select 1;\ncommit', as: anon, explain: null })).toThrow(refused)
  expect(() => planRun({ sql: 'select 1;\ncommit', as: null, explain: 'analyze' })).toThrow(refused)
})

test('a procedure that is called as somebody else stays in the transaction', () => {
  expect(planRun({ sql: 'call clean_up()', as: anon, explain: null }).transactions).toBe('one')
})

test('only what Postgres explains is explained', () => {
  const plan = planRun({ sql: 'set local work_mem = 64; select 1', as: anon, explain: 'plan' })
  expect(plan.statements.map(({ explain }) => explain)).toEqual([null, 'plan'])
})
