import { createTestDatabase, type TestDatabase } from '@tenon/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { readCatalog } from '../catalog/read-catalog.ts'
import { openDatabase, type OpenDatabase } from '../database/pipeline/open-database.ts'
import type { Identity } from '../identity/identity.ts'
import type { RestConfig } from './config.ts'
import { createRestDoor, type RestDoor } from './handle.ts'
import { defaultRequestLimits } from './request/request-config.ts'

let made: TestDatabase
let database: OpenDatabase
let door: RestDoor

const config: RestConfig = {
  schemas: ['public', 'api'],
  extraSearchPath: ['public'],
  root: { kind: 'describe' },
  limits: defaultRequestLimits,
  maxRows: null,
  aggregatesEnabled: false,
  planEnabled: false,
  legacyTargetNames: true,
  anonymousRole: 'anon',
  preRequest: null,
  openApi: { followsPrivileges: true, securityActive: false, serverUrl: 'http://127.0.0.1' },
  transactionEnd: 'commit',
  transactionOverride: false,
  appSettings: [],
  requireFilter: false,
  errorVerbosity: 'verbose',
  explains: true,
  serverTiming: false,
  server: null,
}

const fixture = `
  create schema api;
  create table api.notes (id serial primary key, owner text, body text);
  alter table api.notes enable row level security;
  create policy own on api.notes for insert to authenticated with check (owner = 'ada');
  create policy short on api.notes as restrictive for insert with check (length(body) < 5);
`

function identity(role: string): Identity {
  const claims = { sub: 'ada', role }
  return {
    kind: 'identity',
    role,
    claims,
    claimsJson: JSON.stringify(claims),
    issuer: null,
    subject: 'ada',
    via: 'token',
    expiresAt: null,
  }
}

beforeAll(async () => {
  made = await createTestDatabase()
  await made.query(fixture)
  database = openDatabase({ url: made.url('authenticator'), size: 1 })
  const scope = {
    schemas: config.schemas,
    extraSearchPath: config.extraSearchPath,
    authenticatorRole: 'authenticator',
    hoistedSettings: [],
  }
  const catalog = await readCatalog((transaction) => database.run(transaction), scope, 1)
  door = createRestDoor({
    identify: async ({ authorization }) => identity(authorization ?? 'authenticated'),
    catalog: { current: () => catalog },
    database,
    config,
    now: () => 0,
    report: (fault) => {
      throw fault
    },
  })
})

afterAll(async () => {
  await database.close()
  await made.drop()
})

async function insert(row: object, headers: Record<string, string> = {}) {
  const {
    status,
    body,
    headers: answered,
  } = await door({
    method: 'POST',
    path: '/notes',
    query: '',
    headers: { 'content-type': 'application/json', 'content-profile': 'api', ...headers },
    body: async () => Buffer.from(JSON.stringify(row)),
  })
  const text = body.toString()
  const said = text === '' ? null : (JSON.parse(text) as { code: string; hint: string | null; message: string })
  return { status, said, code: new Headers(answered.map(([name, value]) => [name, value])).get('x-tenon-refusal') }
}

test('following the hints one by one, a refused insert succeeds', async () => {
  const hints: string[] = []
  const row = { owner: 'ada', body: 'hi' }
  for (let answer = await insert(row); answer.status !== 201; answer = await insert(row)) {
    expect(answer).toMatchObject({ status: 403, code: 'postgres.error', said: { code: '42501' } })
    const statement = answer.said?.hint?.replace('Run: ', '') ?? ''
    expect(hints).not.toContain(statement)
    hints.push(statement)
    await made.query(statement)
  }
  expect(hints).toEqual([
    'grant usage on schema "api" to "authenticated";',
    'grant insert on "api"."notes" to "authenticated";',
    'grant usage on sequence "api"."notes_id_seq" to "authenticated";',
  ])
})

test('a row that no policy allows is explained by the policies there are', async () => {
  const { status, said } = await insert({ owner: 'bob', body: 'hi' })
  expect(status).toBe(403)
  expect(said?.hint).toBe(
    'The row must satisfy one of the policies that let "authenticated" insert into "notes": ' +
      `"own" with check ((owner = 'ada'::text)). ` +
      'It must satisfy all of: "short" with check ((length(body) < 5)).',
  )
})

test('a row that a restrictive policy forbids is explained by that policy', async () => {
  const { said } = await insert({ owner: 'ada', body: 'too long' })
  expect(said?.hint).toContain('The row fails the restrictive policy "short".')
})

test('a role that the server cannot take is explained by its grant', async () => {
  const role = `stranger_${crypto.randomUUID().slice(0, 8)}`
  const missing = await insert({ owner: 'ada' }, { authorization: role })
  expect(missing.status).toBe(401)
  expect(missing.said?.hint).toContain(`create role "${role}" nologin;`)
  await made.query(`create role ${role}`, 'supabase_admin')
  try {
    const { status, said } = await insert({ owner: 'ada' }, { authorization: role })
    expect(status).toBe(403)
    expect(said?.hint).toBe(
      `Let the server take the role, provided that it has no login, superuser or bypassrls: grant "${role}" to "authenticator";`,
    )
  } finally {
    await made.query(`drop role ${role}`, 'supabase_admin')
  }
})
