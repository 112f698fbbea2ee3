import { expect, test } from 'vitest'

import { changeOfEvent, mirroredEvents } from './change-of-event.ts'

const user = {
  object: 'user',
  id: 'user_1',
  first_name: 'Ada',
  primary_email_address_id: 'idn_2',
  email_addresses: [
    { id: 'idn_1', email_address: 'old@example.com' },
    { id: 'idn_2', email_address: 'ada@example.com' },
  ],
  public_metadata: { plan: 'pro' },
  private_metadata: { note: 'secret' },
  created_at: 1_700_000_000_000,
  updated_at: 1_700_000_000_001,
}
const event = (type: string, data: object, timestamp: unknown = 1_700_000_000_002) => ({
  object: 'event',
  type,
  timestamp,
  data,
})

test('a user becomes a row with her primary address, and without what is private', () => {
  const change = changeOfEvent(event('user.updated', user), 'msg_1')
  expect(change).toMatchObject({
    kind: 'written',
    of: 'user',
    id: 'user_1',
    source: { time: 1_700_000_000_002, rank: 1, event: 'msg_1' },
    row: {
      email: 'ada@example.com',
      phone: null,
      first_name: 'Ada',
      last_name: null,
      public_metadata: { plan: 'pro' },
      unsafe_metadata: {},
      created_at: '2023-11-14T22:13:20.000Z',
    },
  })
  expect(JSON.stringify(change)).not.toContain('secret')
})

test('a membership is of a user in an organization', () => {
  const data = {
    id: 'orgmem_1',
    role: 'org:admin',
    organization: { id: 'org_1' },
    public_user_data: { user_id: 'user_1' },
  }
  expect(changeOfEvent(event('organizationMembership.created', data), 'msg_1')).toMatchObject({
    of: 'membership',
    source: { rank: 0 },
    row: { organization_id: 'org_1', user_id: 'user_1', role: 'org:admin' },
  })
})

test('a deletion needs no more than an id, and moments in seconds are read as such', () => {
  const deleted = event('organization.deleted', { id: 'org_1', deleted: true }, 1_700_000_000)
  expect(changeOfEvent(deleted, 'msg_1')).toEqual({
    kind: 'removed',
    of: 'organization',
    id: 'org_1',
    source: { time: 1_700_000_000_000, rank: 1, event: 'msg_1' },
  })
})

test('nine kinds of event are mirrored, and others are let go', () => {
  expect(mirroredEvents).toHaveLength(9)
  expect(changeOfEvent(event('session.created', { id: 'sess_1' }), 'msg_1')).toBeNull()
})

test.each([
  ['a list', []],
  ['no type', { data: user, timestamp: 1 }],
  ['no moment', event('user.created', user, 'now')],
  ['no id', event('user.created', {})],
  ['a membership of nobody', event('organizationMembership.created', { id: 'orgmem_1' })],
])('%s is no event of Clerk’s', (_what, body) => {
  expect(() => changeOfEvent(body, 'msg_1')).toThrowError(expect.objectContaining({ code: 'mirror.event-malformed' }))
})
