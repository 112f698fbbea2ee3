import { expect, test } from 'vitest'

import type { Policy, ProtectedTable } from '../policy.ts'
import { withFindings } from './find-in-policies.ts'

const policy: Policy = {
  name: 'p',
  behaviour: 'permissive',
  command: 'SELECT',
  roles: ['authenticated'],
  using: "(( SELECT auth.jwt() ->> 'sub'::text)) = user_id",
  check: null,
  comment: null,
  columns: ['user_id'],
  volatileFunctions: [],
}

const table: ProtectedTable = {
  schema: 'public',
  table: 'tasks',
  rowSecurity: { enabled: true, forced: false },
  realtime: false,
  columns: [
    { name: 'id', type: 'bigint', indexed: true, inOldRow: true },
    { name: 'user_id', type: 'text', indexed: true, inOldRow: false },
  ],
  policies: [policy],
}

function found(change: Partial<ProtectedTable>): string[] {
  return withFindings({ ...table, ...change }).findings.map(({ name }) => name)
}

test('a table whose policy reads an indexed column by sub has nothing to be said of it', () => {
  expect(found({})).toEqual([])
})

test('policies that are not asked, and row security that admits nobody, are told', () => {
  expect(found({ rowSecurity: { enabled: false, forced: false } })).toEqual(['policy_exists_rls_disabled'])
  expect(found({ policies: [] })).toEqual(['rls_enabled_no_policy'])
  expect(found({ rowSecurity: { enabled: false, forced: false }, policies: [] })).toEqual(['rls_disabled_in_public'])
})

test('a restrictive policy wants a permissive one for the same command and role beside it', () => {
  const restrictive: Policy = { ...policy, name: 'r', behaviour: 'restrictive' }
  expect(found({ policies: [restrictive] })).toEqual(['restrictive_without_permissive'])
  expect(found({ policies: [restrictive, policy] })).toEqual([])
  const elsewhere: Policy = { ...policy, command: 'DELETE' }
  expect(found({ policies: [restrictive, elsewhere] })).toContain('restrictive_without_permissive')
  const others: Policy = { ...policy, roles: ['anon'] }
  expect(found({ policies: [restrictive, others] })).toContain('restrictive_without_permissive')
})

test('rows that may be inserted and by nobody be read are told', () => {
  const inserting: Policy = { ...policy, command: 'INSERT', using: null, columns: [], check: 'false' }
  expect(found({ policies: [inserting] })).toEqual(['insert_policy_without_select'])
  expect(found({ policies: [inserting, policy] })).toEqual([])
})

test('a policy that lets outsiders write every row is told, and one for reading is not', () => {
  const open: Policy = { ...policy, using: 'true', columns: [] }
  expect(found({ policies: [open] })).toEqual([])
  expect(found({ policies: [{ ...open, command: 'ALL' }] })).toEqual(['rls_policy_always_true'])
  expect(found({ policies: [{ ...open, command: 'ALL', roles: ['service_role'] }] })).toEqual([])
})

test('a column without an index and a volatile helper are told', () => {
  expect(found({ columns: [{ name: 'user_id', type: 'text', indexed: false, inOldRow: false }] })).toEqual([
    'unindexed_policy_column',
  ])
  expect(found({ policies: [{ ...policy, volatileFunctions: ['who'] }] })).toEqual(['volatile_helper_in_policy'])
})

test('a table of Realtime whose policies read what a deleted row does not bring is told, with what to run', () => {
  const { findings } = withFindings({ ...table, realtime: true })
  expect(findings).toEqual([
    {
      name: 'realtime_deletes_not_judged',
      level: 'warning',
      policy: null,
      message: expect.stringContaining('without user_id, which policies read'),
      fix: 'Tell the whole row: alter table "public"."tasks" replica identity full;',
    },
  ])
})

test('nothing is told of deletes where the old row brings it all, policies for reading read none of it, or are not asked', () => {
  const whole = table.columns.map((column) => ({ ...column, inOldRow: true }))
  expect(found({ realtime: true, columns: whole })).toEqual([])
  expect(found({ realtime: true, policies: [{ ...policy, columns: ['id'] }] })).toEqual([])
  const open: Policy = { ...policy, using: 'true', columns: [] }
  expect(found({ realtime: true, policies: [open, { ...policy, command: 'UPDATE' }] })).toEqual([])
  const off = { enabled: false, forced: false }
  expect(found({ realtime: true, rowSecurity: off })).toEqual(['policy_exists_rls_disabled'])
})

test.each([
  ['auth.uid() = user_id', ['auth_uid_with_external_issuer', 'auth_rls_initplan']],
  ['(( SELECT auth.uid())) = user_id', ['auth_uid_with_external_issuer']],
  ["(( SELECT auth.jwt() ->> 'o.id'::text)) = user_id", ['clerk_org_claim_path']],
  ["(( SELECT auth.jwt() ->> 'org_id'::text)) = user_id", ['clerk_org_claim_v1_only']],
  ["(( SELECT (auth.jwt() -> 'o'::text) ->> 'id'::text)) = user_id", ['clerk_org_claim_v2_only']],
  ["(( SELECT COALESCE(auth.jwt() ->> 'org_id'::text, (auth.jwt() -> 'o'::text) ->> 'id'::text) AS c)) = user_id", []],
  ["(( SELECT (auth.jwt() -> 'user_metadata'::text) ->> 'a'::text)) = 'y'::text", ['rls_references_user_metadata']],
  ["(( SELECT auth.jwt() ->> 'sub'::text)) = owner::text", ['storage_owner_uuid_in_policy']],
  ["(( SELECT auth.jwt() ->> 'sub'::text)) = owner_id", []],
  ["(( SELECT ')'::text)) = user_id AND (auth.jwt() ->> 'sub'::text) = user_id", ['auth_rls_initplan']],
])('of %s is said %j', (using, names) => {
  expect(found({ policies: [{ ...policy, using }] })).toEqual(names)
})
