import { Client } from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'

import { type RunningStack, startStack } from '../running-stack.ts'
import { enterRoom, type Guest, versions, type Wishes } from './rooms/enter-room.ts'
import { tokenOf } from './token-of.ts'

let stack: RunningStack
let sql: Client
let token: string
const guests: Guest[] = []

/** As Supabase's guide to broadcasting from the database has it. */
const project = {
  'supabase/migrations/20260401000000_notes.sql': `
    create policy "Authenticated users can receive broadcasts" on "realtime"."messages"
      for select to authenticated using ( true );

    create table public.notes (id bigint primary key, body text);

    create or replace function public.notes_changes() returns trigger security definer language plpgsql as $$
    begin
      perform realtime.broadcast_changes(
        'topic:' || coalesce(NEW.id, OLD.id)::text, TG_OP, TG_OP, TG_TABLE_NAME, TG_TABLE_SCHEMA, NEW, OLD
      );
      return null;
    end;
    $$;

    create trigger handle_notes_changes after insert or update or delete on public.notes
      for each row execute function notes_changes();`,
}

beforeAll(async () => {
  stack = await startStack({ files: project })
  sql = new Client({ connectionString: stack.line('DB_URL') })
  await sql.connect()
  token = await tokenOf(stack, { sub: 'user_ann' })
})
afterEach(async () => {
  await Promise.all(guests.splice(0).map(async (guest) => await guest[Symbol.asyncDispose]()))
})
afterAll(async () => {
  await sql.end()
  await stack[Symbol.asyncDispose]()
})

async function enter(wishes: Wishes): Promise<Guest> {
  const guest = await enterRoom(stack, { token, ...wishes })
  guests.push(guest)
  expect(guest.admitted).toEqual({ status: 'SUBSCRIBED', error: undefined })
  return guest
}

const anId = expect.stringMatching(/^[0-9a-f-]{36}$/) as string

const said = (operation: string, record: unknown, old: unknown) => ({
  event: operation,
  payload: { id: anId, operation, table: 'notes', schema: 'public', record, old_record: old },
  meta: { id: anId },
})

describe.each(versions)('with realtime-js %s', (version) => {
  const room = (name: string): string => `${name}-${version}`

  test('what realtime.send says arrives, with its id, from the moment of SUBSCRIBED', async () => {
    const guest = await enter({ version, topic: room('news') })
    await sql.query(`select realtime.send('{"n": 1.50, "id": "mine"}', 'headline', $1)`, [room('news')])
    await expect
      .poll(() => guest.heard)
      .toEqual([{ event: 'headline', payload: { n: 1.5, id: 'mine' }, meta: { id: anId } }])
  })

  test('a private message reaches no public channel of the same name, and a public one no private', async () => {
    const topic = room('both')
    const [closed, open] = [await enter({ version, topic }), await enter({ version, topic, isPrivate: false })]
    await sql.query(`select realtime.send('{}', 'closed', $1, true), realtime.send('{}', 'open', $1, false)`, [topic])
    await expect.poll(() => [...closed.heard, ...open.heard].map(({ event }) => event)).toEqual(['closed', 'open'])
    expect([closed.heard.length, open.heard.length]).toEqual([1, 1])
  })

  test('a trigger with realtime.broadcast_changes tells what became of a row', async () => {
    const id = version === '2.119' ? 1 : 2
    const guest = await enter({ version, topic: `topic:${id}` })
    await sql.query('insert into notes values ($1, $2)', [id, 'a'])
    await sql.query('update notes set body = $2 where id = $1', [id, 'b'])
    await sql.query('delete from notes where id = $1', [id])
    await expect.poll(() => guest.heard).toHaveLength(3)
    expect(guest.heard).toEqual([
      said('INSERT', { id, body: 'a' }, null),
      said('UPDATE', { id, body: 'b' }, { id, body: 'a' }),
      said('DELETE', null, { id, body: 'b' }),
    ])
  })

  test('whoever asks for a replay hears what was said before, marked, and then what comes', async () => {
    const topic = room('replay')
    for (const n of [1, 2, 3])
      await sql.query('select realtime.send($1, $2, $3)', [JSON.stringify({ n }), 'said', topic])
    const guest = await enter({ version, topic, replay: { since: Date.now() - 60_000, limit: 2 } })
    await sql.query('select realtime.send($1, $2, $3)', ['{"n":4}', 'said', topic])
    await expect
      .poll(() => guest.heard)
      .toEqual([
        { event: 'said', payload: { n: 2, id: anId }, meta: { replayed: true, id: anId } },
        { event: 'said', payload: { n: 3, id: anId }, meta: { replayed: true, id: anId } },
        { event: 'said', payload: { n: 4, id: anId }, meta: { id: anId } },
      ])
  })
})

test('bytes arrive as bytes where the client has a form for them', async () => {
  const [recent, old] = [await enter({ topic: 'bytes' }), await enter({ topic: 'bytes', version: '2.11' })]
  await sql.query(String.raw`select realtime.send_binary('\x00ff10', 'raw', 'bytes')`)
  await sql.query(`select realtime.send('{}', 'text', 'bytes')`)
  await expect.poll(() => recent.heard.length + old.heard.length).toBe(3)
  const payload = recent.heard[0]?.payload as ArrayBuffer
  expect([...new Uint8Array(payload)]).toEqual([0, 255, 16])
  expect(old.heard.map(({ event }) => event)).toEqual(['text'])
})

test('the messages of one transaction come in its order, and none of one that is undone', async () => {
  const guest = await enter({ topic: 'order' })
  await sql.query(
    `select realtime.send(jsonb_build_object('n', n), 'undone', 'order') from generate_series(1, 5) as n;`,
  )
  await sql.query(`begin; select realtime.send('{}', 'never', 'order'); rollback`)
  await sql.query(`select realtime.send(jsonb_build_object('n', n), 'kept', 'order') from generate_series(1, 300) as n`)
  await expect.poll(() => guest.heard).toHaveLength(305)
  const kept = guest.heard.filter(({ event }) => event === 'kept')
  expect(kept.map(({ payload }) => (payload as { n: number }).n)).toEqual(Array.from({ length: 300 }, (_, n) => n + 1))
  expect(guest.heard.some(({ event }) => event === 'never')).toBe(false)
})

test('a message that cannot be written is a warning, and undoes nothing', async () => {
  const warnings: (string | undefined)[] = []
  sql.once('notice', ({ message }) => warnings.push(message))
  await sql.query(`begin; set local role anon; select realtime.send('{}', 'e', 'closed'); commit`)
  expect(warnings).toEqual([expect.stringContaining('row-level security policy for table "messages"')])
})
