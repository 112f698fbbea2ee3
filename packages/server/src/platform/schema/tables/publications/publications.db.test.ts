import { afterAll, beforeAll, expect, test } from 'vitest'

import { openTestPlatform, type TestPlatform } from '../platform-over.test-support.ts'

let platform: TestPlatform
const odd = `odd "; -- name`

beforeAll(async () => {
  platform = await openTestPlatform()
  await platform.query(`create table a (id int); create table "odd ""; -- name" (id int)`)
})
afterAll(async () => await platform.close())

test('a publication is made, changed, renamed and removed', async () => {
  const tables = [{ schema: 'public', name: 'a' }]
  const made = await platform.ask('POST', '/publications', { name: odd, tables, operations: ['insert'] })
  expect(made).toMatchObject({
    status: 201,
    body: { publication: { name: odd, allTables: false, tables, operations: ['insert'] } },
  })
  const added = [{ schema: 'public', name: odd }]
  const changed = await platform.ask('PATCH', `/publications/${encodeURIComponent(odd)}`, {
    name: 'plain',
    operations: ['update', 'delete'],
    tables: { add: added, drop: tables },
  })
  expect(changed).toMatchObject({
    status: 200,
    body: { publication: { name: 'plain', tables: added, operations: ['update', 'delete'] } },
  })
  expect((await platform.ask('DELETE', '/publications/plain')).status).toBe(200)
  const { body } = await platform.ask('GET', '/publications')
  expect(body['publications']).toMatchObject([
    { name: 'supabase_realtime', tables: [] },
    { name: 'supabase_realtime_messages_publication', tables: [{ schema: 'realtime', name: 'messages' }] },
  ])
})

test('a publication that does not exist is said not to', async () => {
  expect(await platform.ask('PATCH', '/publications/nothing', {})).toMatchObject({
    status: 404,
    body: { code: 'platform.object-unknown' },
  })
})

test('what only a superuser may publish is refused in Postgres’ own words', async () => {
  const { status, body } = await platform.ask('POST', '/publications', { name: 'everything', allTables: true })
  expect([status, body['code']]).toEqual([403, '42501'])
})
