import { Client } from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'

import { type ServedArea, serveArea } from '../../serve-area.test-support.ts'
import { rolesArea } from './roles-area.ts'

let area: ServedArea
/** Roles belong to the whole cluster, which other tests share. */
const own = `editor "o'neill"; ${crypto.randomUUID().slice(0, 8)}`

beforeAll(async () => {
  area = await serveArea(rolesArea)
})
afterAll(async () => {
  await area.ask('DELETE', `/roles/${encodeURIComponent(own)}?reassign=true`)
  await area[Symbol.asyncDispose]()
})

it('makes a role that the API and the owner can become, and tells its password to nobody', async () => {
  const password = `it's a $ecret`
  const wish = { name: own, canLogin: true, password, connectionLimit: 3, memberOf: ['authenticated'] }
  const { status, body } = await area.ask('POST', '/roles', wish)
  expect([status, body]).toEqual([201, expect.objectContaining({ role: expect.anything() })])
  expect(JSON.stringify(body)).not.toContain('ecret')
  expect(body['role']).toMatchObject({
    name: own,
    canLogin: true,
    bypassesRls: false,
    connectionLimit: 3,
    memberOf: ['authenticated'],
    members: ['authenticator', 'postgres'],
    reserved: false,
  })
  const quoted = `"${own.replaceAll('"', '""')}"`
  const become = `set role ${quoted}; select current_user::text as who`
  expect(await area.database.query(become)).toEqual([{ who: own }])
  expect(await area.database.query(become, 'authenticator')).toEqual([{ who: own }])
  const client = new Client({ ...area.database.settings(), user: own, password })
  await client.connect()
  await client.end()
})

it('refuses a name that is taken', async () => {
  const { status, body } = await area.ask('POST', '/roles', { name: 'anon' })
  expect([status, body['code']]).toEqual([400, '42710'])
})

it('drops it once told whose its tables become', async () => {
  const quoted = `"${own.replaceAll('"', '""')}"`
  await area.database.query(`create table theirs (id int); alter table theirs owner to ${quoted}`, 'supabase_admin')
  const refused = await area.ask('DELETE', `/roles/${encodeURIComponent(own)}`)
  expect([refused.status, refused.body['code']]).toEqual([409, 'platform.dependants'])
  expect(refused.body['details']).toContain('owner of table theirs')
  const dropped = await area.ask('DELETE', `/roles/${encodeURIComponent(own)}?reassign=true`)
  expect(dropped.status).toBe(200)
  expect(await area.database.query(`select tableowner::text from pg_tables where tablename = 'theirs'`)).toEqual([
    { tableowner: 'postgres' },
  ])
})

it('keeps the roles that the server stands on, and back what looks like a secret', async () => {
  const { status, body } = await area.ask('DELETE', '/roles/authenticated')
  expect([status, body['code']]).toEqual([409, 'platform.role-reserved'])
  const listed = await area.ask('GET', '/roles')
  expect(listed.body['roles']).toEqual(
    expect.arrayContaining([expect.objectContaining({ name: 'anon', settings: ['statement_timeout=3s'] })]),
  )
})

it('refuses a password for a role that cannot log in', async () => {
  const { status, body } = await area.ask('POST', '/roles', { name: 'x', password: 'y' })
  expect([status, body['message']]).toEqual([400, expect.stringContaining('log in')])
})
