import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { askAs, claimsV1, claimsV2, type Claims, createTestDatabase, type Person } from '@tenon/testing'
import { Client } from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'

const MIGRATIONS = join(import.meta.dirname, 'migrations')
const DENIED = { refused: '42501' }
const ALICE: Person = { user: 'user_alice' }
const BOB: Person = { user: 'user_bob' }
const ADMIN: Person = { user: 'user_alice', organization: { id: 'org_acme', role: 'admin' } }
const MEMBER: Person = { user: 'user_bob', organization: { id: 'org_acme', role: 'member' } }
const OTHER_ADMIN: Person = { user: 'user_carol', organization: { id: 'org_umbrella', role: 'admin' } }

const versions: readonly (readonly [string, (person: Person) => Claims])[] = [
  ['version 1', claimsV1],
  ['version 2', claimsV2],
]

let database: Awaited<ReturnType<typeof createTestDatabase>>
let owner: Client
let caller: Client

beforeAll(async () => {
  database = await createTestDatabase()
  owner = new Client(database.url('postgres'))
  caller = new Client(database.url('authenticator'))
  await Promise.all([owner.connect(), caller.connect()])
  for (const file of readdirSync(MIGRATIONS).sort()) await owner.query(readFileSync(join(MIGRATIONS, file), 'utf8'))
})
beforeEach(async () => {
  await owner.query('truncate tasks, organization_tasks, private_notes')
})
afterAll(async () => {
  await Promise.all([owner.end(), caller.end()])
  await database.drop()
})

describe.each(versions)('with claims of %s', (_version, claims) => {
  describe('tasks', () => {
    test('people add tasks without saying whose they are, and see their own only', async () => {
      await askAs(caller, claims(ALICE), `insert into tasks (name) values ('a')`)
      await askAs(caller, claims(BOB), `insert into tasks (name) values ('b')`)
      expect(await names(claims(ALICE), 'tasks')).toEqual(['a'])
      expect(await names(claims(BOB), 'tasks')).toEqual(['b'])
    })

    test('nobody adds a task in the name of another', async () => {
      const text = `insert into tasks (name, user_id) values ('a', 'user_alice')`
      expect(await askAs(caller, claims(BOB), text)).toEqual(DENIED)
    })

    test("changing or removing another's task changes nothing", async () => {
      await askAs(caller, claims(ALICE), `insert into tasks (name) values ('a')`)
      expect(await askAs(caller, claims(BOB), `update tasks set name = 'x' returning name`)).toEqual({ rows: [] })
      expect(await askAs(caller, claims(BOB), `delete from tasks returning name`)).toEqual({ rows: [] })
      expect(await names(claims(ALICE), 'tasks')).toEqual(['a'])
    })

    test('a task cannot be given away', async () => {
      await askAs(caller, claims(ALICE), `insert into tasks (name) values ('a')`)
      expect(await askAs(caller, claims(ALICE), `update tasks set user_id = 'user_bob'`)).toEqual(DENIED)
    })
  })

  describe('organization_tasks', () => {
    const add = `insert into organization_tasks (name) values ('plants')`

    test('an admin adds a task for her organisation, and every member sees it', async () => {
      expect(await askAs(caller, claims(ADMIN), add)).toEqual({ rows: [] })
      expect(await names(claims(ADMIN), 'organization_tasks')).toEqual(['plants'])
      expect(await names(claims(MEMBER), 'organization_tasks')).toEqual(['plants'])
    })

    test('a member who is no admin may not add one', async () => {
      expect(await askAs(caller, claims(MEMBER), add)).toEqual(DENIED)
    })

    test('an admin may not add one for another organisation, nor see theirs', async () => {
      await askAs(caller, claims(ADMIN), add)
      const text = `insert into organization_tasks (name, organization_id) values ('x', 'org_acme')`
      expect(await askAs(caller, claims(OTHER_ADMIN), text)).toEqual(DENIED)
      expect(await names(claims(OTHER_ADMIN), 'organization_tasks')).toEqual([])
    })

    test('without an active organisation there is nothing to see and nothing to add', async () => {
      await askAs(caller, claims(ADMIN), add)
      expect(await names(claims(ALICE), 'organization_tasks')).toEqual([])
      const text = `insert into organization_tasks (name, organization_id) values ('x', 'org_acme')`
      expect(await askAs(caller, claims(ALICE), text)).toEqual(DENIED)
    })
  })

  describe('private_notes', () => {
    test('notes can be written at any time and read only after a second factor', async () => {
      await askAs(caller, claims(ALICE), `insert into private_notes (body) values ('secret')`)
      expect(await askAs(caller, claims(ALICE), `select body from private_notes`)).toEqual({ rows: [] })
      const verified = claims({ ...ALICE, secondFactorAge: 3 })
      expect(await askAs(caller, verified, `select body from private_notes`)).toEqual({ rows: [{ body: 'secret' }] })
    })

    test("a second factor opens one's own notes only", async () => {
      await askAs(caller, claims(ALICE), `insert into private_notes (body) values ('secret')`)
      const verified = claims({ ...BOB, secondFactorAge: 0 })
      expect(await askAs(caller, verified, `select body from private_notes`)).toEqual({ rows: [] })
    })

    test('a token without `fva`, as a JWT template makes it, reads no notes', async () => {
      await askAs(caller, claims(ALICE), `insert into private_notes (body) values ('secret')`)
      const { fva: _none, ...template } = claims(ALICE)
      expect(await askAs(caller, template, `select body from private_notes`)).toEqual({ rows: [] })
    })
  })
})

describe.each(versions)('attachments, with claims of %s', (_version, claims) => {
  const seen = async (person: Person, folder: string): Promise<number> => {
    const text = `select name from storage.objects where (storage.foldername(name))[1] = '${folder}'`
    const outcome = await askAs(caller, claims(person), text)
    return 'rows' in outcome ? outcome.rows.length : -1
  }

  test("are in one's own folder, which nobody else looks into or adds to", async () => {
    expect(await askAs(caller, claims(ALICE), place('user_alice'))).toEqual({ rows: [] })
    expect(await seen(ALICE, 'user_alice')).toBeGreaterThan(0)
    expect(await seen(BOB, 'user_alice')).toBe(0)
    expect(await askAs(caller, claims(BOB), place('user_alice'))).toEqual(DENIED)
  })

  test("are in the organisation's folder, which its members share", async () => {
    expect(await askAs(caller, claims(ADMIN), place('org_acme'))).toEqual({ rows: [] })
    expect(await askAs(caller, claims(MEMBER), place('org_acme'))).toEqual({ rows: [] })
    expect(await seen(MEMBER, 'org_acme')).toBeGreaterThan(1)
    expect(await seen(OTHER_ADMIN, 'org_acme')).toBe(0)
    expect(await askAs(caller, claims(OTHER_ADMIN), place('org_acme'))).toEqual(DENIED)
    expect(await seen(BOB, 'org_acme')).toBe(0)
  })

  test('are in a folder, and in no other bucket', async () => {
    const text = `insert into storage.objects (bucket_id, name) values ('attachments', 'user_alice')`
    expect(await askAs(caller, claims(ALICE), text)).toEqual(DENIED)
    await owner.query(`insert into storage.buckets (id, name) values ('other', 'other') on conflict do nothing`)
    const elsewhere = place('user_alice').replace('attachments', 'other')
    expect(await askAs(caller, claims(ALICE), elsewhere)).toEqual(DENIED)
  })

  test('are nobody else’s who has no token', async () => {
    expect(await askAs(caller, null, place('user_alice'))).toEqual(DENIED)
    expect(await askAs(caller, null, `select name from storage.objects`)).toEqual({ rows: [] })
  })
})

test.each(['tasks', 'organization_tasks', 'private_notes'])('anonymous callers see nothing of %s', async (table) => {
  await owner.query(`insert into tasks (name, user_id) values ('a', 'user_alice')`)
  await owner.query(`insert into organization_tasks (name, organization_id, created_by) values ('p', 'org_acme', 'u')`)
  await owner.query(`insert into private_notes (body, user_id) values ('n', 'user_alice')`)
  expect(await askAs(caller, null, `select * from ${table}`)).toEqual({ rows: [] })
})

test('anonymous callers add nothing', async () => {
  expect(await askAs(caller, null, `insert into tasks (name, user_id) values ('a', '')`)).toEqual(DENIED)
})

test('requesting_user_id is null, and no error, where there are no claims at all', async () => {
  const { rows } = await owner.query(`select requesting_user_id() as id`)
  expect(rows).toEqual([{ id: null }])
  await owner.query(`select set_config('request.jwt.claims', '', false)`)
  expect((await owner.query(`select requesting_user_id() as id`)).rows).toEqual([{ id: null }])
})

test('a custom role of the token works once it is granted to the authenticator', async () => {
  const claims = { ...claimsV2(ALICE), role: 'accountant' }
  await owner.query('create role accountant')
  try {
    expect(await askAs(caller, claims, 'select 1')).toEqual({ refused: '42501' })
    await owner.query('grant accountant to authenticator')
    expect(await askAs(caller, claims, 'select 1 as one')).toEqual({ rows: [{ one: 1 }] })
  } finally {
    await owner.query('drop role accountant')
  }
})

async function names(claims: Claims, table: string): Promise<readonly string[]> {
  const outcome = await askAs<{ name: string }>(caller, claims, `select name from ${table} order by id`)
  return 'rows' in outcome ? outcome.rows.map((row) => row.name) : [outcome.refused]
}

/** Takes the place of a new file in that folder. */
function place(folder: string): string {
  const name = `${folder}/${crypto.randomUUID()}.png`
  return `insert into storage.objects (bucket_id, name) values ('attachments', '${name}')`
}
