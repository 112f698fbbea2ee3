import { afterAll, beforeAll, expect, test } from 'vitest'

import { openTestPlatform, type TestPlatform } from '../platform-over.test-support.ts'

let platform: TestPlatform

beforeAll(async () => {
  platform = await openTestPlatform()
})
afterAll(async () => await platform.close())

const hostile = `o'clock "; drop table x; -- \\ 名`

test('an enumerated type is made, grows, is renamed and goes', async () => {
  const made = await platform.ask('POST', '/enums', { name: hostile, values: ['a', hostile], comment: hostile })
  expect(made).toMatchObject({
    status: 201,
    body: { enum: { schema: 'public', name: hostile, values: ['a', hostile], comment: hostile, usedBy: [] } },
  })
  const path = `/enums/public/${encodeURIComponent(hostile)}`
  const changed = await platform.ask('PATCH', path, {
    name: 'mood',
    comment: null,
    rename: [{ from: 'a', to: 'A' }],
    add: [{ value: 'first', before: 'A' }, { value: 'last' }, { value: 'middle', after: 'A' }],
  })
  expect(changed).toMatchObject({
    status: 200,
    body: { enum: { name: 'mood', values: ['first', 'A', 'middle', hostile, 'last'], comment: null } },
  })
  expect(await platform.ask('DELETE', '/enums/public/mood')).toMatchObject({ status: 200 })
  const { body } = await platform.ask('GET', '/enums?schema=public')
  expect(body['enums']).toEqual([])
})

test('columns that use a type are told, and keep it from going alone', async () => {
  await platform.query(`create type used as enum ('a'); create table uses (one used, many used[])`)
  const { body } = await platform.ask('GET', '/enums')
  expect(body['enums']).toEqual(
    expect.arrayContaining([expect.objectContaining({ name: 'used', usedBy: [expect.anything(), expect.anything()] })]),
  )
  expect(await platform.ask('DELETE', '/enums/public/used')).toMatchObject({ status: 400, body: { code: '2BP01' } })
  expect(await platform.ask('DELETE', '/enums/public/used?cascade=true')).toMatchObject({ status: 200 })
})

test.each([[[]], [['a', 'a']], [['']]])('values that cannot be are refused: %j', async (values) => {
  expect((await platform.ask('POST', '/enums', { name: 'bad', values })).status).toBe(400)
})

test('a type that does not exist is said not to', async () => {
  for (const method of ['PATCH', 'DELETE'] as const) {
    expect(await platform.ask(method, '/enums/public/nothing', {})).toMatchObject({
      status: 404,
      body: { code: 'platform.object-unknown' },
    })
  }
})

test('a preview shows the statement and makes nothing', async () => {
  const shown = await platform.ask('POST', '/enums', { name: 'shown', values: ['a'], preview: true })
  expect(shown).toEqual({ status: 200, body: { sql: `create type "public"."shown" as enum ('a');` } })
})
