import { array, assert, asyncProperty, constant, constantFrom, integer, record, shuffledSubarray } from 'fast-check'
import { Client } from 'pg'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'

import { applyEvent, applyReading } from './apply-change.ts'
import type { Change } from './change.ts'
import { changeOfEvent } from './change-of-event.ts'
import { layTables } from './lay-tables.ts'
import { openTestMirror, type TestMirror } from './open-tables.test-support.ts'

let mirror: TestMirror

beforeAll(async () => {
  mirror = await openTestMirror()
})
beforeEach(async () => await mirror.empty())
afterAll(async () => await mirror.close())

interface TestEvent {
  readonly id: string
  readonly type: string
  readonly timestamp: number
  readonly data: object
}

const event = (id: string, type: string, timestamp: number, data: object): TestEvent => ({ id, type, timestamp, data })
const user = (id: string, first_name: string) => ({ id, first_name, updated_at: 1 })
const membership = (id: string, userId: string, organizationId: string) => ({
  id,
  role: 'org:member',
  organization: { id: organizationId },
  public_user_data: { user_id: userId },
})
const at = (second: number): number => 1_700_000_000_000 + second * 1000

function changeOf({ id, ...body }: TestEvent): Change {
  const change = changeOfEvent(body, id)
  if (change === null) throw new Error(`${body.type} is not mirrored`)
  return change
}

const apply = async (...events: readonly TestEvent[]): Promise<string[]> => {
  const outcomes: string[] = []
  for (const told of events) outcomes.push(await applyEvent(mirror.tables, changeOf(told)))
  return outcomes
}

test('an event is applied once, however often it comes', async () => {
  const created = event('msg_1', 'user.created', at(1), user('user_1', 'Ada'))
  expect(await apply(created, created, created)).toEqual(['applied', 'duplicate', 'duplicate'])
  expect((await mirror.contents())['users']).toEqual(['user_1 Ada'])
})

test('an older state that comes late changes nothing', async () => {
  const outcomes = await apply(
    event('msg_2', 'user.updated', at(2), user('user_1', 'Ada')),
    event('msg_1', 'user.created', at(1), user('user_1', 'A')),
  )
  expect(outcomes).toEqual(['applied', 'stale'])
  expect((await mirror.contents())['users']).toEqual(['user_1 Ada'])
})

test('who is deleted stays deleted, with her memberships, whatever comes late', async () => {
  await apply(
    event('msg_3', 'user.deleted', at(3), { id: 'user_1', deleted: true }),
    event('msg_1', 'user.created', at(1), user('user_1', 'Ada')),
    event('msg_2', 'organizationMembership.created', at(2), membership('orgmem_1', 'user_1', 'org_1')),
  )
  expect(await mirror.contents()).toEqual({ users: [], organizations: [], memberships: [] })
  const { rows } = await mirror.tables.pool.query(`select kind, source_time::text, deleted from clerk_mirror.sources
    where kind = 'user'`)
  expect(rows).toEqual([{ kind: 'user', source_time: String(at(3)), deleted: true }])
})

test('a deletion is final, and within one millisecond a change comes after a creation', async () => {
  await apply(
    event('msg_b', 'user.updated', at(1), user('user_1', 'Ada')),
    event('msg_c', 'user.created', at(1), user('user_1', 'A')),
    event('msg_a', 'organization.deleted', at(1), { id: 'org_1' }),
    event('msg_d', 'organization.updated', at(2), { id: 'org_1', name: 'Acme' }),
  )
  expect(await mirror.contents()).toMatchObject({ users: ['user_1 Ada'], organizations: [] })
})

test('what was read yields to newer events, and puts back rows that went missing', async () => {
  const reading = (first_name: string, time: number): Change => ({
    ...changeOf(event('', 'user.updated', time, user('user_1', first_name))),
    source: { time, rank: 1, event: '' },
  })
  await apply(event('msg_1', 'user.updated', at(5), user('user_1', 'Ada')))
  expect(await applyReading(mirror.tables, reading('Old', at(4)))).toBe('stale')
  expect(await applyReading(mirror.tables, reading('New', at(6)))).toBe('applied')
  await mirror.tables.pool.query('delete from clerk_users')
  expect(await applyReading(mirror.tables, reading('New', at(6)))).toBe('applied')
  expect((await mirror.contents())['users']).toEqual(['user_1 New'])
})

test('columns that the user added keep their values', async () => {
  await apply(event('msg_1', 'user.created', at(1), user('user_1', 'A')))
  await mirror.tables.pool.query(`alter table clerk_users add column nick text; update clerk_users set nick = 'al'`)
  await apply(event('msg_2', 'user.updated', at(2), user('user_1', 'Ada')))
  const { rows } = await mirror.tables.pool.query('select first_name, nick from clerk_users')
  expect(rows).toEqual([{ first_name: 'Ada', nick: 'al' }])
  await mirror.tables.pool.query('alter table clerk_users drop column nick')
})

test('what Postgres cannot hold is refused and leaves nothing behind', async () => {
  const wrong = event('msg_1', 'user.created', at(1), user('user_1', 'A\0'))
  await expect(apply(wrong)).rejects.toMatchObject({ code: 'mirror.event-malformed' })
  const { rows } = await mirror.tables.pool.query('select id from clerk_mirror.events')
  expect(rows).toEqual([])
})

test('signed-in people see what is about themselves, and write nothing', async () => {
  await apply(
    event('msg_1', 'user.created', at(1), user('user_1', 'Ada')),
    event('msg_2', 'user.created', at(1), user('user_2', 'Grace')),
    event('msg_3', 'organization.created', at(1), { id: 'org_1', name: 'Acme' }),
    event('msg_4', 'organization.created', at(1), { id: 'org_2', name: 'Other' }),
    event('msg_5', 'organizationMembership.created', at(1), membership('orgmem_1', 'user_1', 'org_1')),
    event('msg_6', 'organizationMembership.created', at(1), membership('orgmem_2', 'user_2', 'org_2')),
  )
  const client = new Client(mirror.database.settings())
  await client.connect()
  const as = async (role: string, text: string) => {
    await client.query(`begin; set local role ${role}; set local request.jwt.claims to '{"sub":"user_1"}'`)
    try {
      return (await client.query<{ id: string }>(text)).rows.map(({ id }) => id)
    } finally {
      await client.query('rollback')
    }
  }
  expect(await as('authenticated', 'select id from clerk_users')).toEqual(['user_1'])
  expect(await as('authenticated', 'select id from clerk_organizations')).toEqual(['org_1'])
  expect(await as('authenticated', 'select id from clerk_organization_memberships')).toEqual(['orgmem_1'])
  expect(await as('service_role', 'select id from clerk_users order by 1')).toEqual(['user_1', 'user_2'])
  for (const text of ['delete from clerk_users', 'truncate clerk_users', `update clerk_users set email = ''`]) {
    await expect(as('authenticated', text)).rejects.toMatchObject({ code: '42501' })
  }
  await expect(as('anon', 'select id from clerk_users')).rejects.toMatchObject({ code: '42501' })
  await expect(as('authenticated', 'select id from clerk_mirror.sources')).rejects.toMatchObject({ code: '42501' })
  await client.end()
})

test('tables are laid once, in the schema the user names, and again where one was dropped', async () => {
  const other = await openTestMirror('People')
  const client = new Client(other.database.settings())
  await client.connect()
  expect(await layTables(client, 'People')).toBe(false)
  await client.query('drop table "People".clerk_users')
  expect(await layTables(client, 'People')).toBe(true)
  await client.end()
  expect(await other.contents()).toEqual({ users: [], organizations: [], memberships: [] })
  await other.close()
})

/** The life of two users, two organizations and their memberships, each event with a moment of its own or a shared one. */
const lives = array(
  record({
    what: constantFrom('user', 'organization', 'organizationMembership'),
    number: integer({ min: 1, max: 2 }),
    verb: constantFrom('created', 'updated', 'updated', 'deleted'),
    moment: integer({ min: 1, max: 8 }),
  }),
  { minLength: 1, maxLength: 12 },
).map((steps) =>
  steps.map(({ what, number, verb, moment }, index) => {
    const id = `${what}_${number}`
    const data =
      what === 'organizationMembership'
        ? { ...membership(id, `user_${number}`, `organization_${(index % 2) + 1}`), role: `role ${index}` }
        : { id, first_name: `name ${index}`, name: `name ${index}` }
    return event(`msg_${index}`, `${what}.${verb}`, at(moment), data)
  }),
)
const histories = lives.chain((events) =>
  record({
    events: constant(events),
    order: shuffledSubarray([...events, ...events], { minLength: events.length * 2, maxLength: events.length * 2 }),
  }),
)

test('in whatever order and however often events come, the mirror ends the same', async () => {
  await assert(
    asyncProperty(histories, async ({ events, order }) => {
      await mirror.empty()
      await apply(...events)
      const straight = await mirror.contents()
      await mirror.empty()
      await apply(...order)
      expect(await mirror.contents()).toEqual(straight)
    }),
    { numRuns: 60 },
  )
})

test('events that come at once through several connections end the same too', async () => {
  const events = Array.from({ length: 40 }, (_, index) =>
    event(`msg_${index}`, 'user.updated', at(index), user(`user_${index % 4}`, `name ${index}`)),
  )
  await Promise.all([...events, ...events.toReversed()].map((told) => apply(told)))
  expect((await mirror.contents())['users']).toEqual([36, 37, 38, 39].map((index) => `user_${index % 4} name ${index}`))
})
