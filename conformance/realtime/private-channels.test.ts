import { createClerkClient } from '@clerk/backend'
import { Client } from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'

import { type RunningStack, startStack } from '../running-stack.ts'
import { enterRoom, type Guest, versions, type Wishes } from './rooms/enter-room.ts'
import { tokenOf } from './token-of.ts'

let stack: RunningStack
let sql: Client
const guests: Guest[] = []

/** The example policies of Supabase's guide to Realtime's authorization, with Clerk's claims. */
const project = {
  'supabase/migrations/20260401000000_rooms.sql': `
    create table public.rooms_users (user_id text, room_topic text);
    alter table public.rooms_users enable row level security;
    create policy "one's own" on public.rooms_users for select to authenticated
      using ((select auth.jwt()->>'sub') = user_id);

    create policy "authenticated can receive broadcast" on "realtime"."messages" for select to authenticated
      using (exists (
        select user_id from rooms_users
        where user_id = (select auth.jwt()->>'sub') and room_topic = (select realtime.topic())
          and realtime.messages.extension in ('broadcast')
      ));
    create policy "authenticated can send broadcast on topic" on "realtime"."messages" for insert to authenticated
      with check (exists (
        select user_id from rooms_users
        where user_id = (select auth.jwt()->>'sub') and room_topic = (select realtime.topic())
          and realtime.messages.extension in ('broadcast')
      ));

    create policy "everybody reads the board" on "realtime"."messages" for select to authenticated, anon
      using (realtime.topic() = 'board');
    create policy "drop box" on "realtime"."messages" for insert to authenticated
      with check (realtime.topic() = 'drop-box');
    create policy "its keeper" on "realtime"."messages" for select to authenticated
      using (realtime.topic() = 'drop-box' and (select auth.jwt()->>'sub') = 'user_keeper');
    create policy "organisations" on "realtime"."messages" for all to authenticated
      using (realtime.topic() = 'org:' || coalesce(auth.jwt() ->> 'org_id', auth.jwt() -> 'o' ->> 'id'))
      with check (realtime.topic() = 'org:' || coalesce(auth.jwt() ->> 'org_id', auth.jwt() -> 'o' ->> 'id'));
    create policy "a claim opens" on "realtime"."messages" for select to authenticated
      using (realtime.topic() = 'club' and (select auth.jwt()->>'club') is not null);

    insert into rooms_users values ('user_ann', 'room-1'), ('user_bob', 'room-1');`,
}

beforeAll(async () => {
  stack = await startStack({ files: project })
  sql = new Client({ connectionString: stack.line('DB_URL') })
  await sql.connect()
})
afterEach(async () => {
  await Promise.all(guests.splice(0).map(async (guest) => await guest[Symbol.asyncDispose]()))
})
afterAll(async () => {
  await sql.end()
  await stack[Symbol.asyncDispose]()
})

async function enter(sub: string, wishes: Wishes, claims: Readonly<Record<string, unknown>> = {}): Promise<Guest> {
  const guest = await enterRoom(stack, { token: await tokenOf(stack, { sub, ...claims }), ...wishes })
  guests.push(guest)
  return guest
}

const said = (guest: Guest): readonly string[] => guest.heard.map(({ event }) => event)

describe.each(versions)('with realtime-js %s', (version) => {
  test('members of a room hear each other, and nobody else comes in', async () => {
    const [ann, bob] = [
      await enter('user_ann', { version, topic: 'room-1' }),
      await enter('user_bob', { version, topic: 'room-1' }),
    ]
    const eve = await enter('user_eve', { version, topic: 'room-1' })
    expect([ann, bob].map(({ admitted }) => admitted.status)).toEqual(['SUBSCRIBED', 'SUBSCRIBED'])
    expect(eve.admitted.status).toBe('CHANNEL_ERROR')
    expect(eve.admitted.error).toContain('Unauthorized')
    expect(eve.admitted.error).toContain('room-1')
    await ann.channel.send({ type: 'broadcast', event: 'hello', payload: {} })
    await expect.poll(() => said(bob)).toEqual(['hello'])
    expect([...said(ann), ...said(eve)]).toEqual([])
  })

  test('a member of one room is nobody in another', async () => {
    const ann = await enter('user_ann', { version, topic: 'room-2' })
    expect(ann.admitted.status).toBe('CHANNEL_ERROR')
  })

  test('who may read only is not heard', async () => {
    const [ann, bob] = [
      await enter('user_ann', { version, topic: 'board', ack: true }),
      await enter('user_bob', { version, topic: 'board' }),
    ]
    await ann.channel.send({ type: 'broadcast', event: 'graffiti', payload: {} }, { timeout: 500 })
    await sql.query(`select realtime.send('{}', 'notice', 'board')`)
    await expect.poll(() => said(bob)).toEqual(['notice'])
  })
})

test('a public channel asks nobody, and a private one without a token is refused where no policy lets anon in', async () => {
  const open = await enterRoom(stack, { topic: 'anywhere', isPrivate: false })
  const closed = await enterRoom(stack, { topic: 'room-1' })
  const board = await enterRoom(stack, { topic: 'board' })
  guests.push(open, closed, board)
  expect(guests.map(({ admitted }) => admitted.status)).toEqual(['SUBSCRIBED', 'CHANNEL_ERROR', 'SUBSCRIBED'])
})

test('who may write only comes not in, and her message over HTTP arrives', async () => {
  const keeper = await enter('user_keeper', { topic: 'drop-box' })
  const stranger = await enter('user_eve', { topic: 'drop-box' })
  expect([keeper, stranger].map(({ admitted }) => admitted.status)).toEqual(['SUBSCRIBED', 'CHANNEL_ERROR'])
  const post = async (bearer: string): Promise<number> => {
    const { status } = await fetch(`${stack.line('API_URL')}/realtime/v1/api/broadcast`, {
      method: 'POST',
      headers: {
        apikey: stack.line('PUBLISHABLE_KEY'),
        authorization: `Bearer ${bearer}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ messages: [{ topic: 'drop-box', event: 'letter', payload: {}, private: true }] }),
    })
    return status
  }
  expect(await post(await tokenOf(stack, { sub: 'user_eve' }))).toBe(202)
  expect(await post(await tokenOf(stack, { role: 'anon' }))).toBe(202)
  await expect.poll(() => said(keeper)).toEqual(['letter'])
})

test("people of an organisation of Clerk's meet by their session tokens", async () => {
  const clerk = createClerkClient({ secretKey: stack.line('CLERK_SECRET_KEY'), apiUrl: stack.line('CLERK_API_URL') })
  const person = async (name: string) =>
    await clerk.users.createUser({ emailAddress: [`${name}@example.com`], skipPasswordRequirement: true })
  const [alice, eve] = [await person('alice'), await person('eve')]
  const organization = await clerk.organizations.createOrganization({ name: 'Acme', createdBy: alice.id })
  const come = async (userId: string): Promise<Guest> => {
    const session = await clerk.sessions.createSession({ userId })
    const { jwt } = await clerk.sessions.getToken(session.id)
    const guest = await enterRoom(stack, { topic: `org:${organization.id}`, token: jwt })
    guests.push(guest)
    return guest
  }
  expect((await come(alice.id)).admitted.status).toBe('SUBSCRIBED')
  expect((await come(eve.id)).admitted.status).toBe('CHANNEL_ERROR')
})

test('a token without the claim that let one in ends the channel, and says why', async () => {
  const ann = await enter('user_ann', { topic: 'club' }, { club: 'yes' })
  expect(ann.admitted.status).toBe('SUBSCRIBED')
  await ann.client.setAuth(await tokenOf(stack, { sub: 'user_ann', club: 'still' }))
  await sql.query(`select realtime.send('{}', 'still-here', 'club')`)
  await expect.poll(() => said(ann)).toEqual(['still-here'])
  await ann.client.setAuth(await tokenOf(stack, { sub: 'user_ann' }))
  await expect.poll(() => ann.notices).toEqual([expect.stringContaining('club')])
  await expect.poll(() => ann.statuses.at(-1)).not.toBe('SUBSCRIBED')
  const bob = await enter('user_bob', { topic: 'club' }, { club: 'yes' })
  await sql.query(`select realtime.send('{}', 'secret', 'club')`)
  await expect.poll(() => said(bob)).toEqual(['secret'])
  expect(said(ann)).toEqual(['still-here'])
})

test('a policy that is dropped counts from the next join on', async () => {
  await sql.query(
    `create policy "for a while" on realtime.messages for select to authenticated using (realtime.topic() = 'pop-up')`,
  )
  expect((await enter('user_ann', { topic: 'pop-up' })).admitted.status).toBe('SUBSCRIBED')
  await sql.query(`drop policy "for a while" on realtime.messages`)
  await sql.query(`select realtime.send('{}', 'closing', 'pop-up')`)
  await expect.poll(() => said(guests[0] as Guest)).toEqual(['closing'])
  expect((await enter('user_ann', { topic: 'pop-up' })).admitted.status).toBe('CHANNEL_ERROR')
})
