import { afterAll, beforeAll, expect, test } from 'vitest'

import { openTestPlatform, type TestPlatform } from '../platform-over.test-support.ts'

let platform: TestPlatform

beforeAll(async () => {
  platform = await openTestPlatform()
})
afterAll(async () => await platform.close())

test.each(['plain', `odd "; drop schema public; --`, 'Ünï 名', 'select'])(
  'a schema is made and goes: %s',
  async (name) => {
    expect(await platform.ask('POST', '/schemas', { name })).toMatchObject({ status: 201, body: { schema: { name } } })
    const { body } = await platform.ask('GET', '/schemas')
    expect(body['schemas']).toEqual(expect.arrayContaining([expect.objectContaining({ name, internal: false })]))
    expect((await platform.ask('DELETE', `/schemas/${encodeURIComponent(name)}`)).status).toBe(200)
  },
)

test('a schema with something in it goes only with that, and it is told', async () => {
  await platform.query('create schema full_one; create table full_one.a (id int); create table full_one.b (id int)')
  expect(await platform.ask('DELETE', '/schemas/full_one')).toMatchObject({ status: 400, body: { code: '2BP01' } })
  const { status, body } = await platform.ask('DELETE', '/schemas/full_one?cascade=true')
  expect(status).toBe(200)
  expect(body['cascaded']).toHaveLength(2)
})
