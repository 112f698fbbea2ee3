import { createTestDatabase, type TestDatabase } from '@tenon/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { openDatabase, type OpenDatabase } from '../../../database/pipeline/open-database.ts'
import type { Identity } from '../../../identity/identity.ts'
import { createReadReplay, type ReadReplay } from './read-replay.ts'

let made: TestDatabase
let database: OpenDatabase
let read: ReadReplay

const start = Date.now() - 3_600_000

beforeAll(async () => {
  made = await createTestDatabase()
  database = openDatabase({ url: made.url('authenticator'), size: 1 })
  read = createReadReplay(database)
  await made.query(`
    create policy members on realtime.messages for select to authenticated
      using (realtime.topic() = 'room' and event <> 'secret' and auth.jwt() ->> 'sub' = 'user_ann');
    insert into realtime.messages (topic, event, payload, private, extension, inserted_at)
    select 'room', 'n' || n, jsonb_build_object('n', n), true, 'broadcast',
      timezone('utc', to_timestamp(${start} / 1000.0)) + n * interval '1 minute'
    from generate_series(1, 40) as n;
    insert into realtime.messages (topic, event, payload, private, extension) values
      ('room', 'public', '{}', false, 'broadcast'),
      ('room', 'presence', '{}', true, 'presence'),
      ('room', 'secret', '{}', true, 'broadcast'),
      ('room', null, '{}', true, 'broadcast'),
      ('other', 'elsewhere', '{}', true, 'broadcast');
    insert into realtime.messages (topic, event, binary_payload, private, extension)
    values ('room', 'bytes', '\\x00ff', true, 'broadcast')`)
})
afterAll(async () => {
  await database.close()
  await made.drop()
})

function identity(sub: string): Identity {
  const claims = { sub, role: 'authenticated' }
  const claimsJson = JSON.stringify(claims)
  return {
    kind: 'identity',
    role: 'authenticated',
    claims,
    claimsJson,
    issuer: null,
    subject: sub,
    via: 'token',
    expiresAt: null,
  }
}

const ann = { identity: identity('user_ann'), subtopic: 'room', headersJson: '{}', since: 0, limit: 25 }

describe('replay', () => {
  it('gives the latest messages, oldest first', async () => {
    const messages = await read({ ...ann, limit: 3 })
    expect(messages.map(({ event, payload }) => [event, payload])).toEqual([
      ['n39', '{"n": 39}'],
      ['n40', '{"n": 40}'],
      ['bytes', Buffer.of(0, 255)],
    ])
    expect(messages.every(({ isPrivate, topic }) => isPrivate && topic === 'room')).toBe(true)
  })

  it.each([
    [25, 25],
    [1000, 25],
    [0, 1],
    [-3, 1],
    [2.9, 2],
  ])('gives no more than 25, and at least one: asked for %d', async (limit, expected) => {
    expect(await read({ ...ann, limit })).toHaveLength(expected)
  })

  it('gives what came since', async () => {
    const messages = await read({ ...ann, since: start + 39 * 60_000 })
    expect(messages.map(({ event }) => event)).toEqual(['n39', 'n40', 'bytes'])
    expect(await read({ ...ann, since: Date.now() + 60_000 })).toEqual([])
  })

  it('keeps to the policies, row by row', async () => {
    expect((await read({ ...ann })).map(({ event }) => event)).not.toContain('secret')
    expect(await read({ ...ann, identity: identity('user_bob') })).toEqual([])
    expect(await read({ ...ann, subtopic: 'other' })).toEqual([])
  })

  it.each([
    ['no moment', { since: Number.NaN }],
    ['part of a millisecond', { since: 1.5 }],
    ['a moment beyond all time', { since: 9e15 }],
    ['no number', { limit: Number.NaN }],
  ])('refuses %s', async (_, wrong) => {
    await expect(read({ ...ann, ...wrong })).rejects.toMatchObject({
      code: 'realtime.replay-impossible',
      detail: { reason: 'Replay params are not valid' },
    })
  })

  it('refuses where Postgres does', async () => {
    const nobody = { ...ann.identity, role: 'nobody_such' }
    await expect(read({ ...ann, identity: nobody })).rejects.toMatchObject({
      code: 'realtime.replay-impossible',
      detail: { reason: 'Realtime was unable to replay messages' },
      cause: { code: 'postgres.error' },
    })
  })
})
