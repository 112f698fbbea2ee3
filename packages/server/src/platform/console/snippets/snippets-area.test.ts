import { mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import Fastify, { type FastifyInstance } from 'fastify'
import { afterEach, beforeEach, expect, test } from 'vitest'

import { platformDoor } from '../../platform-door.ts'
import { snippetsArea } from './snippets-area.ts'

let project: string
let folder: string
let server: FastifyInstance

beforeEach(async () => {
  project = await mkdtemp(join(tmpdir(), 'snippets-'))
  folder = join(project, 'snippets')
  server = Fastify()
  await server.register(platformDoor([snippetsArea(folder)]))
})
afterEach(async () => {
  await server.close()
  await rm(project, { recursive: true })
})

async function ask(method: 'GET' | 'PUT' | 'POST' | 'DELETE', path: string, body?: object) {
  const response = await server.inject({ method, url: `/query/snippets${path}`, ...(body && { payload: body }) })
  return { status: response.statusCode, body: response.json<Record<string, string>>() }
}

const save = async (name: string, sql: string, version: string | null) => {
  return await ask('PUT', `/${encodeURIComponent(name)}`, { sql, version })
}

test('a saved query is a plain file', async () => {
  expect((await ask('GET', '')).body).toEqual({ snippets: [] })
  expect((await save('My tasks', 'select 1', null)).body).toMatchObject({ name: 'My tasks', sql: 'select 1' })
  expect(await readFile(join(folder, 'My tasks.sql'), 'utf8')).toBe('select 1')
  expect(await readdir(folder)).toEqual(['My tasks.sql'])
  expect((await ask('GET', '')).body).toMatchObject({ snippets: [{ name: 'My tasks' }] })
  expect((await ask('GET', '/My%20tasks')).body).toMatchObject({ sql: 'select 1' })
})

test('a query is saved over what was read, and over nothing else', async () => {
  const { version } = (await save('a', 'one', null)).body
  await writeFile(join(folder, 'a.sql'), 'of an editor')
  const late = await save('a', 'two', version ?? '')
  expect(late).toMatchObject({ status: 409, body: { code: 'platform.snippet-changed', hint: expect.any(String) } })
  expect(await readFile(join(folder, 'a.sql'), 'utf8')).toBe('of an editor')
  const read = (await ask('GET', '/a')).body
  expect((await save('a', 'two', read['version'] ?? '')).status).toBe(200)
  expect(await readFile(join(folder, 'a.sql'), 'utf8')).toBe('two')
})

test('a new query never replaces one of the same name', async () => {
  await save('a', 'one', null)
  expect(await save('a', 'two', null)).toMatchObject({ status: 409, body: { message: 'The query a exists already' } })
  expect(await readdir(folder)).toEqual(['a.sql'])
})

test('a query that was removed is not saved in silence', async () => {
  const { version } = (await save('a', 'one', null)).body
  await rm(join(folder, 'a.sql'))
  expect(await save('a', 'two', version ?? '')).toMatchObject({ status: 409 })
})

test('renaming keeps the text and takes no other name', async () => {
  const { version } = (await save('a', 'one', null)).body
  await save('b', 'other', null)
  expect((await ask('POST', '/a/rename', { to: 'b', version })).status).toBe(409)
  expect((await ask('POST', '/a/rename', { to: 'c', version })).body).toMatchObject({ name: 'c', sql: 'one' })
  expect((await readdir(folder)).sort()).toEqual(['b.sql', 'c.sql'])
})

test('removing wants the version that was read', async () => {
  const { version } = (await save('a', 'one', null)).body
  expect((await ask('DELETE', '/a?version=other')).status).toBe(409)
  expect((await ask('DELETE', `/a?version=${version}`)).body).toEqual({ removed: 'a' })
  expect((await ask('GET', '/a')).body).toMatchObject({ code: 'platform.snippet-not-found' })
})

test.each(['../outside', '..', '.hidden', 'a/b', 'a\\b', 'a\u0000b', ' ', 'x'.repeat(101), 'c:d'])(
  'the name %j is refused',
  async (name) => {
    expect((await save(name, 'select 1', null)).status).toBeGreaterThanOrEqual(400)
    expect(await readdir(project)).toEqual([])
  },
)

test('a link that leads elsewhere is not read', async () => {
  await save('a', 'one', null)
  await writeFile(join(project, 'secret'), 'secret')
  await symlink(join(project, 'secret'), join(folder, 'link.sql'))
  expect((await ask('GET', '')).body).toMatchObject({ snippets: [{ name: 'a' }] })
  expect((await ask('GET', '/link')).status).toBe(404)
})
