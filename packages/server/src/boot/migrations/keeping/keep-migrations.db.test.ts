import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { createTestDatabase, type TestDatabase } from '@tenon/testing'
import Fastify, { type FastifyInstance } from 'fastify'
import { afterEach, beforeEach, expect, it } from 'vitest'

import { migrationsArea } from '../../../platform/schema/migrations/migrations-area.ts'
import { platformDoor } from '../../../platform/platform-door.ts'
import { keepMigrations } from './keep-migrations.ts'

const now = (): number => Date.UTC(2026, 4, 6, 7, 8, 9)

let database: TestDatabase
let folder: string
let fastify: FastifyInstance

beforeEach(async () => {
  database = await createTestDatabase()
  folder = await mkdtemp(join(tmpdir(), 'tenon-keeping-'))
  fastify = Fastify()
  await fastify.register(
    platformDoor([migrationsArea(keepMigrations({ folder, connection: database.settings(), now }))]),
  )
})
afterEach(async () => {
  await fastify.close()
  await database.drop()
  await rm(folder, { recursive: true })
})

async function ask(method: 'GET' | 'POST', url: string, payload?: object): Promise<{ status: number; body: unknown }> {
  const answer = await fastify.inject({ method, url, ...(payload && { payload }) })
  return { status: answer.statusCode, body: answer.json() }
}

it('saves SQL as a migration, runs it, and shows it', async () => {
  const text = `create table "it's" (id int); -- ; $$\ncreate function f() returns int language sql as $f$select 1;$f$`
  const { status, body } = await ask('POST', '/migrations', { name: 'Add its-table', sql: text })
  expect([status, body]).toEqual([
    201,
    {
      migration: {
        version: '20260506070809',
        name: 'add_its_table',
        file: 'supabase/migrations/20260506070809_add_its_table.sql',
        state: 'applied',
        problem: null,
        text: `${text}\n`,
        statements: [`create table "it's" (id int)`, 'create function f() returns int language sql as $f$select 1;$f$'],
      },
    },
  ])
  expect(await database.query('select f()')).toEqual([{ f: 1 }])
  expect(await ask('GET', '/migrations/20260506070809')).toEqual({ status: 200, body })
  expect(await readFile(join(folder, 'migrations/20260506070809_add_its_table.sql'), 'utf8')).toBe(`${text}\n`)
})

it('only notes what was run before, or leaves it for later', async () => {
  await database.query('create table before (id int)')
  await ask('POST', '/migrations', { name: 'before', sql: 'create table before (id int)', afterwards: 'note' })
  await ask('POST', '/migrations', { name: 'later', sql: 'create table later (id int)', afterwards: 'leave' })
  const states = async (): Promise<unknown> => {
    const { body } = await ask('GET', '/migrations')
    return (body as { migrations: { name: string; state: string }[] }).migrations.map(({ name, state }) => [
      name,
      state,
    ])
  }
  expect(await states()).toEqual([
    ['before', 'applied'],
    ['later', 'pending'],
  ])
  expect(await ask('POST', '/migrations/apply')).toEqual({ status: 200, body: { applied: ['20260506070810'] } })
  expect(await states()).toContainEqual(['later', 'applied'])
})

it('says where a migration fails, and keeps neither file nor table', async () => {
  const { status, body } = await ask('POST', '/migrations', { name: 'bad', sql: 'create table a ();\nselec 1' })
  expect([status, body]).toEqual([
    400,
    expect.objectContaining({
      code: 'platform.migration-refused',
      details: expect.stringContaining('20260506070809_bad.sql, line 2: syntax error'),
    }),
  ])
  expect(await readdir(join(folder, 'migrations'))).toEqual([])
  expect(await database.query(`select to_regclass('a') as a`)).toEqual([{ a: null }])
})

it.each(['../../outside', 'a/b', 'a\0', '', 'ä', ' '])('takes no name that is not plain: %j', async (name) => {
  expect((await ask('POST', '/migrations', { name, sql: 'select 1' })).status).toBe(400)
})

it('says which files differ from what was applied, and which are missing', async () => {
  await mkdir(join(folder, 'migrations'))
  const path = join(folder, 'migrations/20260101000001_a.sql')
  await writeFile(path, 'select 1')
  await writeFile(join(folder, 'migrations/20260101000002_b.sql'), 'select 2')
  await ask('POST', '/migrations/apply')
  await writeFile(path, 'select 3')
  await rm(join(folder, 'migrations/20260101000002_b.sql'))
  await writeFile(join(folder, 'migrations/20260101000003_c.sql'), `select 'open`)
  const { body } = await ask('GET', '/migrations')
  expect(body).toMatchObject({
    migrations: [
      { name: 'a', state: 'applied', problem: 'The file was changed after it was applied.' },
      { name: 'b', state: 'file-missing' },
      { name: 'c', state: 'pending', problem: 'Line 1: a string begins here and does not end.' },
    ],
    warnings: [expect.stringContaining('20260101000002')],
  })
  expect((await ask('GET', '/migrations/1')).status).toBe(404)
})
