import { expect, test } from 'vitest'

import type { PolicyFacts, RoleFacts, TableFacts } from '../../../tables/table-facts.ts'
import { seatOf, subscriptionOf } from './seat-of.test-support.ts'
import { troubleOf } from './trouble-of.ts'

const policy = (more: Partial<PolicyFacts>): PolicyFacts => ({
  name: 'readers',
  isPermissive: true,
  roles: [],
  using: 'true',
  usingInPath: 'true',
  ...more,
})

const CLOSED = 'Row Level Security is on for public.notes and no policy lets anon read it'

const cases: readonly (readonly [string, Partial<TableFacts>, Partial<RoleFacts>, string | null])[] = [
  ['a table that is open', {}, {}, null],
  [
    'a table that is not published',
    { isPublished: false },
    {},
    'Changes of public.notes are not published: alter publication changes add table public.notes',
  ],
  [
    'a schema that the role may not enter',
    {},
    { readableColumns: new Set(), schemas: new Set() },
    'Role anon may not enter schema public: grant usage on schema public to anon',
  ],
  [
    'a table that it may not select from',
    { table: 'My notes' },
    { readableColumns: new Set() },
    'Role anon may not select from public.My notes: grant select on public."My notes" to anon',
  ],
  ['a table without columns', { columns: [] }, { readableColumns: new Set() }, null],
  ['a table without a policy', { rowSecurity: true }, {}, CLOSED],
  ['a table without one for the role', { rowSecurity: true, policies: [policy({ roles: ['other'] })] }, {}, CLOSED],
  ['a table with restrictions alone', { rowSecurity: true, policies: [policy({ isPermissive: false })] }, {}, CLOSED],
  ['a policy for everybody', { rowSecurity: true, policies: [policy({})] }, {}, null],
  [
    'a policy for a role that it inherits from',
    { rowSecurity: true, policies: [policy({ roles: ['reader'] })] },
    { inherits: new Set(['anon', 'reader']) },
    null,
  ],
  ['a role that policies do not hold for', { rowSecurity: true }, { bypassesRowSecurity: true }, null],
]

test.each(cases)('%s: what is said of it', (_, table, role, said) => {
  const trouble = troubleOf(subscriptionOf([seatOf(table, role)]), 'changes')
  expect(trouble?.hint ?? trouble?.message ?? null).toBe(said)
})
