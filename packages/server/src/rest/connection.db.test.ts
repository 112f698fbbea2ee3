// What one request leaves behind for the next on the same connection: nothing, however the first one ended.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { type Answer, openTestDoor, type TestDoor } from './door.test-support.ts'

const fixture = `
  create schema api;
  grant usage on schema api to anon, authenticated;
  create table api.notes (id int primary key, owner text);
  grant select, insert, update, delete on api.notes to authenticated;
  alter table api.notes enable row level security;
  create policy own on api.notes to authenticated
    using (owner = current_setting('request.jwt.claims', true)::json ->> 'sub');
  insert into api.notes select id, case id % 2 when 0 then 'ada' else 'bob' end from generate_series(1, 10) id;
  create function api.seen() returns json language sql stable as $$
    select json_build_object('role', current_user, 'sub', current_setting('request.jwt.claims')::json ->> 'sub',
      'custom', current_setting('request.headers')::json ->> 'x-custom', 'cookies', current_setting('request.cookies'),
      'status', nullif(current_setting('response.status', true), ''), 'headers', nullif(current_setting('response.headers', true), ''),
      'zone', current_setting('timezone'), 'mine', nullif(current_setting('app.mine', true), ''),
      'timeout', current_setting('statement_timeout'), 'app', nullif(current_setting('app.settings.name', true), '')) $$;
  create function api.sleep(seconds float) returns text language sql as $$ select pg_sleep(seconds)::text $$;
  create function api.hurried() returns text language sql set statement_timeout = '50ms' as $$ select pg_sleep(30)::text $$;
  create function api.leave_traces(fails boolean) returns text language plpgsql as $$
    begin
      perform set_config('response.status', '418', true);
      perform set_config('response.headers', '[{"X-Trace":"left"}]', true);
      perform set_config('app.mine', 'left', true);
      perform set_config('timezone', 'Asia/Tokyo', true);
      if fails then raise exception 'on purpose'; end if;
      return 'done';
    end $$;
  create function api.backend() returns int language sql as $$ select pg_backend_pid() $$;
`

let door: TestDoor

beforeAll(async () => {
  door = await openTestDoor(fixture, { schemas: ['api'], transactionEnd: 'commit' }, 1)
})
afterAll(() => door.close())

async function backend(): Promise<unknown> {
  return (await door.send('POST /rpc/backend', { body: {} })).body
}

const untouched = {
  role: 'authenticated',
  sub: 'eve',
  custom: null,
  cookies: '{}',
  app: null,
  status: null,
  headers: null,
  mine: null,
}

/** What eve sees of the settings, who sent nothing of her own. */
async function seenByEve(): Promise<Record<string, unknown>> {
  const answer = await door.send('GET /rpc/seen', { as: ['authenticated', 'eve'] })
  expect(answer.headers.has('x-trace')).toBe(false)
  expect(answer.status).toBe(200)
  return answer.body as Record<string, unknown>
}

describe('settings of one request are gone before the next', () => {
  const traces: readonly (readonly [string, () => Promise<Answer>, number])[] = [
    ['one that is kept', () => door.send('POST /rpc/leave_traces', { body: { fails: false } }), 418],
    ['one that raises', () => door.send('POST /rpc/leave_traces', { body: { fails: true } }), 400],
    [
      'one that is rolled back',
      () => door.send('POST /rpc/leave_traces', { body: { fails: false }, prefer: 'tx=rollback' }),
      418,
    ],
    [
      'one with headers, cookies, a zone and settings of the application',
      () =>
        door.send('GET /rpc/seen', {
          headers: { 'x-custom': 'mine', cookie: 'a=b' },
          prefer: 'timezone=Asia/Tokyo',
          config: { appSettings: [['app.settings.name', 'left']] },
        }),
      200,
    ],
    ['one that Postgres refuses', () => door.send('GET /notes?id=eq.x', { prefer: 'timezone=Asia/Tokyo' }), 400],
    ['one with a role that is not there', () => door.send('GET /notes', { as: ['nobody_here', 'x'] }), 401],
    [
      'one that breaks its promise',
      () => door.send('PATCH /notes?id=gt.0', { body: { owner: 'ada' }, prefer: 'handling=strict, max-affected=1' }),
      400,
    ],
    ['one that runs out of time', () => door.send('POST /rpc/hurried', { body: {} }), 500],
  ]
  test.each(traces)('%s', async (_, leave, status) => {
    const before = await seenByEve()
    expect((await leave()).status).toBe(status)
    const after = await seenByEve()
    expect(after).toMatchObject(untouched)
    expect(after).toEqual(before)
  })
})

test('interleaved callers on one connection each see their own rows only', async () => {
  const callers = ['ada', 'bob', 'eve', 'anon']
  const asked = Array.from({ length: 120 }, (_, index) => callers[index % callers.length] ?? '')
  const answers = await Promise.all(
    asked.map((sub, index) => {
      if (index % 7 === 3) return door.send('GET /notes?id=eq.x', { as: ['authenticated', sub] })
      return door.send('GET /notes?select=owner', { as: [sub === 'anon' ? 'anon' : 'authenticated', sub] })
    }),
  )
  const expected = asked.map((sub, index) => {
    if (index % 7 === 3) return 400
    return sub === 'anon' ? 401 : Array.from({ length: sub === 'eve' ? 0 : 5 }, () => ({ owner: sub }))
  })
  expect(answers.map(({ status, body }) => (status === 200 ? body : status))).toEqual(expected)
})

test('a statement that runs out of time is a 500 of Postgres, and its connection serves on', async () => {
  const before = await backend()
  const answer = await door.send('POST /rpc/hurried', { body: {} })
  expect(answer).toMatchObject({
    status: 500,
    body: { code: '57014', message: 'canceling statement due to statement timeout', details: null, hint: null },
  })
  expect(await backend()).toBe(before)
})

test('a connection cut in the middle of a request is a 503, and another one serves on', async () => {
  const before = await backend()
  const slow = door.send('POST /rpc/sleep', { body: { seconds: 30 } })
  await door.made.query(
    `do $$ begin
       for attempt in 1..500 loop
         exit when exists (select from pg_stat_activity where pid = ${String(before)} and state = 'active' and wait_event = 'PgSleep');
         perform pg_sleep(0.01);
         perform pg_stat_clear_snapshot();
       end loop;
       perform pg_terminate_backend(${String(before)});
     end $$`,
    'supabase_admin',
  )
  const answer = await slow
  expect(answer.status).toBe(503)
  expect(['57P01', 'PGRST001']).toContain((answer.body as { code: string }).code)
  expect(await backend()).not.toBe(before)
  expect(await seenByEve()).toMatchObject(untouched)
})
