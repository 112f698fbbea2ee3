import { afterAll, beforeAll, expect, it } from 'vitest'

import { type ServedArea, serveArea } from '../../serve-area.test-support.ts'
import type { ExtensionShown } from './change-extensions.ts'
import { extensionsArea } from './extensions-area.ts'

let area: ServedArea
beforeAll(async () => {
  area = await serveArea((database, administration) => extensionsArea({ database, administration, embedded: true }))
})
afterAll(async () => await area[Symbol.asyncDispose]())

async function listed(name: string): Promise<ExtensionShown | undefined> {
  const { body } = await area.ask('GET', '/extensions')
  return (body['extensions'] as unknown as ExtensionShown[]).find((extension) => extension.name === name)
}

it('says what is there, what is not, and why', async () => {
  expect(await listed('citext')).toMatchObject({ available: true, installed: null, reason: null })
  expect(await listed('plpython3u')).toMatchObject({ available: false, reason: expect.stringContaining('library') })
  expect(await listed('vector')).toMatchObject({ available: false, reason: expect.stringContaining('without it') })
})

it('enables one that only a superuser may, in a schema of any name, with what it requires', async () => {
  const { status, body } = await area.ask('POST', '/extensions/earthdistance', { schema: 'my ext; --' })
  expect([status, body['extension']]).toEqual([200, expect.objectContaining({ schema: 'my ext; --' })])
  expect(await listed('cube')).toMatchObject({ installed: expect.any(String), schema: 'my ext; --' })
})

it('leaves nothing behind where Postgres refuses the schema', async () => {
  const { status } = await area.ask('POST', '/extensions/earthdistance', { schema: 'quo"te' })
  expect(status).toBe(400)
  expect(await area.database.query(`select 1 from pg_namespace where nspname like 'quo%'`)).toEqual([])
})

it('tells what depends on one, and drops it only when told', async () => {
  await area.database.query('create table measured (at "my ext; --".cube)')
  const refused = await area.ask('DELETE', '/extensions/cube')
  expect([refused.status, refused.body['code']]).toEqual([409, 'platform.dependants'])
  expect(refused.body['details']).toContain('column at of table measured depends on type')
  const { body } = await area.ask('DELETE', '/extensions/cube?cascade=true')
  expect(body['extension']).toMatchObject({ name: 'cube', installed: null })
  expect(await listed('earthdistance')).toMatchObject({ installed: null })
})

it('refuses what this Postgres does not have', async () => {
  const absent = await area.ask('POST', '/extensions/vector')
  expect([absent.status, absent.body['code']]).toEqual([409, 'platform.extension-unavailable'])
  const unknown = await area.ask('POST', `/extensions/${encodeURIComponent('x"; drop table y; --')}`)
  expect([unknown.status, unknown.body['code']]).toEqual([404, 'platform.object-unknown'])
})
