import { expect, test } from 'vitest'

import type { PolicyDefinition } from '../policy.ts'
import { changePolicySql, createPolicySql, rowSecuritySql } from './policy-ddl.ts'

const table = { schema: 'odd "schema"', table: 'ta;ble' }
const policy: PolicyDefinition = {
  name: 'it\'s "hers"; --',
  behaviour: 'restrictive',
  command: 'UPDATE',
  roles: ['a"b', 'authenticated'],
  using: 'true',
  check: 'false -- done',
  comment: null,
}

test('a policy is made with every name quoted and each expression in its brackets', () => {
  expect(createPolicySql(table, policy)).toEqual([
    `create policy "it's ""hers""; --" on "odd ""schema"""."ta;ble"
  as restrictive for update to "a""b", "authenticated"
  using (
  true
)
  with check (
  false -- done
)`,
  ])
})

test('a comment is a literal of its own statement', () => {
  expect(createPolicySql(table, { ...policy, comment: "it's" })[1]).toBe(
    `comment on policy "it's ""hers""; --" on "odd ""schema"""."ta;ble" is 'it''s'`,
  )
})

test('roles, expressions and the name are altered; what is the same is not touched', () => {
  const on = `on "odd ""schema"""."ta;ble"`
  expect(changePolicySql(table, policy, policy)).toEqual([])
  expect(changePolicySql(table, policy, { ...policy, name: 'n', roles: ['public'] })).toEqual([
    `alter policy "it's ""hers""; --" ${on} to public`,
    `alter policy "it's ""hers""; --" ${on} rename to "n"`,
  ])
  expect(changePolicySql(table, policy, { ...policy, using: 'a' })).toEqual([
    `alter policy "it's ""hers""; --" ${on}\n  using (\n  a\n)`,
  ])
})

test('another command, another behaviour or an expression taken away makes the policy anew', () => {
  for (const change of [{ command: 'ALL' }, { behaviour: 'permissive' }, { check: null }] as const) {
    const [drop, create] = changePolicySql(table, policy, { ...policy, ...change })
    expect(drop).toMatch(/^drop policy /)
    expect(create).toMatch(/^create policy /)
  }
})

test('row security is forced only where that was said', () => {
  expect(rowSecuritySql({ schema: 's', table: 't' }, { enabled: true, forced: null })).toEqual([
    'alter table "s"."t" enable row level security',
  ])
  expect(rowSecuritySql({ schema: 's', table: 't' }, { enabled: false, forced: false })).toEqual([
    'alter table "s"."t" disable row level security',
    'alter table "s"."t" no force row level security',
  ])
})
