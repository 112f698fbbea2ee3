import { describe, expect, test } from 'vitest'

import type { Catalog, Policy, Relation } from '../../catalog/catalog.ts'
import { Refusal } from '../../refusal/refusal.ts'
import { explainRefusal } from './explain-refusal.ts'
import type { RefusedWork } from './refused-work.ts'

function policy(name: string, parts: Partial<Policy> = {}): Policy {
  return { name, permissive: true, command: 'insert', roles: [], using: null, check: `${name} holds`, ...parts }
}

function relation(schema: string, name: string, policies: readonly Policy[] = []): Relation {
  const id = {
    name: 'id',
    description: null,
    type: 'bigint',
    baseType: 'bigint',
    typeName: 'bigint',
    nullable: false,
    defaultExpression: `nextval('ids."Task ids"'::regclass)`,
    generated: false,
    maxLength: null,
    enumLabels: [],
  }
  return {
    schema,
    name,
    kind: 'table',
    description: null,
    insertable: true,
    updatable: true,
    deletable: true,
    columns: new Map([['id', id]]),
    primaryKey: ['id'],
    rowSecurity: { enabled: true, forced: false },
    policies,
  }
}

function workOn(policies: readonly Policy[] = [], parts: Partial<RefusedWork> = {}): RefusedWork {
  const catalog: Catalog = {
    kind: 'catalog',
    version: 1,
    serverVersion: 180_004,
    makesGeoJson: false,
    relations: new Map([
      ['api', new Map([['My "tasks"', relation('api', 'My "tasks"', policies)]])],
      ['extra', new Map([['labels', relation('extra', 'labels')]])],
    ]),
    routines: new Map(),
    relationships: new Map(),
    representations: [],
    mediaHandlers: [],
    roleSettings: new Map(),
  }
  return {
    catalog,
    schema: 'api',
    relation: { schema: 'api', name: 'My "tasks"' },
    privileges: ['insert', 'select'],
    ...parts,
  }
}

function fixOf(message: string, work = workOn(), sqlstate = '42501', role = 'authenticated'): string | undefined {
  const detail = { sqlstate, message, detail: null, hint: null, role }
  return explainRefusal(new Refusal('postgres.error', detail), work).fix
}

describe('a missing privilege is explained by the GRANT that gives it', () => {
  test.each([
    ['permission denied for table My "tasks"', 'Run: grant insert, select on "api"."My ""tasks""" to "authenticated";'],
    ['permission denied for view labels', 'Run: grant select on "extra"."labels" to "authenticated";'],
    ['permission denied for schema hidden', 'Run: grant usage on schema "hidden" to "authenticated";'],
    ['permission denied for sequence Task ids', 'Run: grant usage on sequence "ids"."Task ids" to "authenticated";'],
    [
      'permission denied to set role "authenticated"',
      'Let the server take the role, provided that it has no login, superuser or bypassrls: grant "authenticated" to "authenticator";',
    ],
    ['permission denied for table nobody_knows', undefined],
    ['permission denied for function nobody_knows', undefined],
    ['must be owner of table labels', undefined],
  ])('%s', (message, fix) => {
    expect(fixOf(message)).toBe(fix)
  })

  test('and a missing role by its creation', () => {
    expect(fixOf('role "authenticated" does not exist', workOn(), '22023')).toBe(
      'Create the role and let the server take it: create role "authenticated" nologin; grant "authenticated" to "authenticator";',
    )
  })

  test.each(['supabase_admin', 'postgres', 'authenticator', 'pg_read_all_data', 'tenon_clerk'])(
    'but the grant of %s, which is not for tokens, is never suggested',
    (role) => {
      for (const [message, sqlstate] of [
        [`permission denied to set role "${role}"`, '42501'],
        [`role "${role}" does not exist`, '22023'],
      ] as const) {
        const fix = fixOf(message, workOn(), sqlstate, role)
        expect(fix).toMatch(/not for tokens/)
        expect(fix).not.toMatch(/grant "|create role/)
      }
    },
  )

  test('other refusals are left as they are', () => {
    expect(fixOf('duplicate key value violates unique constraint "x"', workOn(), '23505')).toBeUndefined()
    const unknown = new Refusal('request.path-invalid', {})
    expect(explainRefusal(unknown, workOn())).toBe(unknown)
  })
})

describe('a row that policies forbid is explained by them', () => {
  const message = 'new row violates row-level security policy for table "My "tasks""'

  test('names the permissive policies of the command and role, and all restrictive ones', () => {
    const work = workOn(
      [
        policy('own'),
        policy('signed-in', { roles: ['authenticated'], command: 'all', check: null, using: 'true' }),
        policy('staff', { roles: ['staff'] }),
        policy('seen', { command: 'select' }),
        policy('second factor', { permissive: false }),
      ],
      { privileges: ['insert'] },
    )
    expect(fixOf(message, work)).toBe(
      'The row must satisfy one of the policies that let "authenticated" insert into "My "tasks"": ' +
        '"own" with check (own holds); "signed-in" with check (true). ' +
        'It must satisfy all of: "second factor" with check (second factor holds).',
    )
  })

  test('says that there is none', () => {
    const work = workOn([policy('staff', { roles: ['staff'] })], { privileges: ['update', 'select'] })
    expect(fixOf(message, work)).toBe(
      'No policy lets "authenticated" update "My "tasks"" (others are "staff"): create one with a WITH CHECK expression.',
    )
  })

  test('names the restrictive policy that Postgres names', () => {
    const named = 'new row violates row-level security policy "second factor" for table "My "tasks""'
    expect(fixOf(named, workOn([]))).toBe(
      'The row fails the restrictive policy "second factor". A policy for SELECT must show the row too, as it is returned or compared.',
    )
  })
})
