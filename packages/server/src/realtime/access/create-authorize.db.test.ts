import { createTestDatabase, type TestDatabase } from '@tenon/testing'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'

import { openDatabase, type OpenDatabase } from '../../database/pipeline/open-database.ts'
import type { Identity } from '../../identity/identity.ts'
import type { WriteFailure } from './ask-access.ts'
import { type Access, createAuthorize } from './create-authorize.ts'

let made: TestDatabase
let database: OpenDatabase
let failures: WriteFailure[] = []
let questions = 0

beforeAll(async () => {
  made = await createTestDatabase()
  database = openDatabase({ url: made.url('authenticator'), size: 4 })
  await made.query(`
    create table public.rooms_users (user_id text, room_topic text);
    alter table public.rooms_users enable row level security;
    create policy "one's own" on public.rooms_users for select to authenticated
      using ((select auth.jwt() ->> 'sub') = user_id);
    grant select on public.rooms_users to authenticated;
    insert into public.rooms_users values ('user_ann', 'room-1');`)
})
afterEach(async () => {
  failures = []
  await made.query(`do $$ declare p text; begin
    for p in select policyname from pg_policies where tablename = 'messages' loop
      execute format('drop policy %I on realtime.messages', p);
    end loop; end $$`)
})
afterAll(async () => {
  await database.close()
  await made.drop()
})

function identity(claims: Record<string, unknown>): Identity {
  const role = typeof claims['role'] === 'string' ? claims['role'] : 'authenticated'
  const all = { ...claims, role }
  const subject = typeof claims['sub'] === 'string' ? claims['sub'] : null
  return {
    kind: 'identity',
    role,
    claims: all,
    claimsJson: JSON.stringify(all),
    issuer: null,
    subject,
    via: 'token',
    expiresAt: null,
  }
}

function access(now: () => number = () => 0, hearsOfChanges = true): Access {
  return createAuthorize({
    database: {
      run: async (transaction) => {
        if (transaction.end === 'rollback') questions++
        return await database.run(transaction)
      },
    },
    onWriteFailure: (failure) => failures.push(failure),
    now,
    hearsOfChanges: () => hearsOfChanges,
  })
}

/** What is allowed, as `br bw pr pw`: broadcast and presence, read and write. */
async function allowed(who: Identity, topic: string, headers = '{}'): Promise<string> {
  const { broadcast, presence } = await access().authorize(who, topic, headers)
  return [broadcast.read && 'br', broadcast.write && 'bw', presence.read && 'pr', presence.write && 'pw']
    .filter(Boolean)
    .join(' ')
}

const ann = identity({ sub: 'user_ann' })
const bob = identity({ sub: 'user_bob' })

describe('without a policy', () => {
  it('nobody may do anything', async () => {
    expect(await allowed(ann, 'room-1')).toBe('')
    expect(await allowed(identity({ role: 'anon' }), 'room-1')).toBe('')
  })

  it('service_role may do everything', async () => {
    expect(await allowed(identity({ role: 'service_role' }), 'room-1')).toBe('br bw pr pw')
  })
})

describe('policies as they are documented', () => {
  it('members of a room, from a table with policies of its own', async () => {
    await made.query(`
      create policy "authenticated can receive" on "realtime"."messages" for select to authenticated using (
        exists (select user_id from rooms_users where user_id = (select auth.jwt() ->> 'sub')
          and room_topic = (select realtime.topic()) and realtime.messages.extension in ('broadcast')));
      create policy "authenticated can send" on "realtime"."messages" for insert to authenticated with check (
        exists (select user_id from rooms_users where user_id = (select auth.jwt() ->> 'sub')
          and room_topic = (select realtime.topic()) and realtime.messages.extension in ('broadcast')))`)
    expect(await allowed(ann, 'room-1')).toBe('br bw')
    expect(await allowed(ann, 'room-2')).toBe('')
    expect(await allowed(bob, 'room-1')).toBe('')
    expect(await allowed(identity({ role: 'anon' }), 'room-1')).toBe('')
  })

  it('read only, for everybody who is signed in', async () => {
    await made.query(`create policy p on realtime.messages for select to authenticated using (true)`)
    expect(await allowed(bob, 'any')).toBe('br pr')
  })

  it('write only', async () => {
    await made.query(
      `create policy p on realtime.messages for insert to authenticated with check (extension = 'broadcast')`,
    )
    expect(await allowed(bob, 'any')).toBe('bw')
  })

  it('presence alone', async () => {
    await made.query(`
      create policy r on realtime.messages for select to authenticated using (extension in ('presence'));
      create policy w on realtime.messages for insert to authenticated with check (extension in ('presence'))`)
    expect(await allowed(bob, 'any')).toBe('pr pw')
  })

  it("an organisation's topic, by Clerk's claims", async () => {
    await made.query(`create policy p on realtime.messages for all to authenticated
      using (realtime.topic() = 'org:' || (select auth.jwt() -> 'o' ->> 'id'))
      with check (topic = 'org:' || (select auth.jwt() -> 'o' ->> 'id') and auth.jwt() -> 'o' ->> 'rol' = 'admin')`)
    const member = identity({ sub: 'user_ann', o: { id: 'org_1', rol: 'member' } })
    const admin = identity({ sub: 'user_bob', o: { id: 'org_1', rol: 'admin' } })
    expect(await allowed(member, 'org:org_1')).toBe('br pr')
    expect(await allowed(admin, 'org:org_1')).toBe('br bw pr pw')
    expect(await allowed(admin, 'org:org_2')).toBe('')
  })

  it('the headers of the upgrade', async () => {
    await made.query(`create policy p on realtime.messages for select to authenticated
      using (current_setting('request.headers')::json ->> 'x-team' = 'red')`)
    expect(await allowed(ann, 'any', '{"x-team":"red"}')).toBe('br pr')
    expect(await allowed(ann, 'any', '{"x-team":"blue"}')).toBe('')
  })

  it('restrictive ones narrow what others allow', async () => {
    await made.query(`
      create policy p on realtime.messages for all to authenticated using (true) with check (true);
      create policy q on realtime.messages as restrictive for insert to authenticated with check (topic <> 'closed')`)
    expect(await allowed(ann, 'open')).toBe('br bw pr pw')
    expect(await allowed(ann, 'closed')).toBe('br pr')
  })
})

describe('asking', () => {
  it('leaves nothing behind', async () => {
    await made.query('create policy p on realtime.messages for all to authenticated using (true) with check (true)')
    await allowed(ann, 'room-1')
    expect(await made.query('select from realtime.messages')).toEqual([])
  })

  it('tells why a policy for writing raised an error, and lets nobody write', async () => {
    await made.query(`
      create policy r on realtime.messages for select to authenticated using (true);
      create policy w on realtime.messages for insert to authenticated with check (auth.uid() is not null)`)
    expect(await allowed(ann, 'room-1')).toBe('br pr')
    expect(failures).toEqual([
      { role: 'authenticated', subtopic: 'room-1', reason: 'invalid input syntax for type uuid: "user_ann"' },
    ])
  })

  it.each([
    ['a policy for reading raises an error', 'authenticated', 'invalid input syntax for type uuid: "user_ann"'],
    ['the role is not there', 'nobody_such', 'role "nobody_such" does not exist'],
  ])('is refused where %s', async (_, role, message) => {
    await made.query(`create policy r on realtime.messages for select to public using (auth.uid() is not null)`)
    await expect(allowed(identity({ sub: 'user_ann', role }), 'room-1')).rejects.toMatchObject({
      code: 'realtime.policy-failed',
      detail: { topic: 'room-1', role, message },
    })
  })

  it.each([
    ['a deadlock', '40P01'],
    ['a lock that another has', '55P03'],
    ['a standby that takes no writes', '25006'],
  ])('is refused as Postgres refuses it where %s is in the way, which no policy is to blame for', async (_, code) => {
    await made.query(`
      create function public.in_the_way() returns boolean language plpgsql as
        $$ begin raise exception 'in the way' using errcode = '${code}'; end $$;
      create policy r on realtime.messages for select to authenticated using (public.in_the_way())`)
    try {
      await expect(allowed(ann, 'room-1')).rejects.toMatchObject({ code: 'postgres.error', detail: { sqlstate: code } })
    } finally {
      await made.query('drop function public.in_the_way() cascade')
    }
  })

  it('goes to Postgres once for the same question, and again when forgotten or old', async () => {
    await made.query(`create policy r on realtime.messages for select to authenticated using (true)`)
    let now = 0
    const asked = access(() => now)
    const { authorize } = asked
    questions = 0
    await Promise.all(Array.from({ length: 20 }, async () => await authorize(ann, 'room-1', '{}')))
    expect(questions).toBe(1)
    await made.query('drop policy r on realtime.messages')
    asked.forget()
    expect((await authorize(ann, 'room-1', '{}')).broadcast.read).toBe(false)
    now = 60_000
    await authorize(ann, 'room-1', '{}')
    expect(questions).toBe(3)
  })

  it.each([
    ['another topic', ann, 'room-2'],
    ['other claims', bob, 'room-1'],
    ['another role', identity({ role: 'anon', sub: 'user_ann' }), 'room-1'],
  ])('goes to Postgres for %s', async (_, who, topic) => {
    await made.query(
      `create policy r on realtime.messages for select to public using (auth.jwt() ->> 'sub' is not null)`,
    )
    const { authorize } = access()
    questions = 0
    await authorize(ann, 'room-1', '{}')
    await authorize(who, topic, '{}')
    expect(questions).toBe(2)
  })
})

const admin = (sub: string, organization: string) => identity({ sub, o: { id: organization, rol: 'admin' } })

async function questionsOf(asked: Access, all: readonly Identity[], topic: string): Promise<number> {
  questions = 0
  await Promise.all(all.map(async (who) => await asked.authorize(who, topic, `{"x-request":"${who.subject}"}`)))
  return questions
}

/** Whether an answer is still used after so many milliseconds. */
async function isUsedAfter(milliseconds: number, hearsOfChanges: boolean): Promise<boolean> {
  let now = 0
  const asked = access(() => now, hearsOfChanges)
  await asked.authorize(ann, 'room-1', '{}')
  now = milliseconds
  questions = 0
  await asked.authorize(ann, 'room-1', '{}')
  return questions === 0
}

describe('one answer for many', () => {
  it('serves everybody whose claims agree in what the policies read', async () => {
    await made.query(`create policy p on realtime.messages for all to authenticated
      using ((select realtime.topic()) = 'org:' || (select auth.jwt() -> 'o' ->> 'id')) with check (extension = 'broadcast')`)
    const asked = access()
    const acme = Array.from({ length: 50 }, (_, n) => admin(`user_${n}`, 'org_1'))
    const other = admin('user_99', 'org_2')
    expect(await questionsOf(asked, [...acme, other], 'org:org_1')).toBe(2)
    expect((await asked.authorize(admin('user_100', 'org_1'), 'org:org_1', '{}')).broadcast.read).toBe(true)
    expect((await asked.authorize(other, 'org:org_1', '{}')).broadcast.read).toBe(false)
  })

  it('serves only who asks the same where policies read other tables', async () => {
    await made.query(`create policy p on realtime.messages for select to authenticated
      using (exists (select from rooms_users where room_topic = realtime.topic()))`)
    const all = [admin('user_ann', 'org_1'), admin('user_bob', 'org_1'), admin('user_ann', 'org_1')]
    expect(await questionsOf(access(), all, 'room-1')).toBe(2)
  })

  it('holds a minute where commits tell of changed policies, and shortly where they do not or tables are read', async () => {
    await made.query(
      `create policy p on realtime.messages for select to authenticated using (auth.jwt() ->> 'sub' = 'user_ann')`,
    )
    expect([await isUsedAfter(59_999, true), await isUsedAfter(60_000, true)]).toEqual([true, false])
    expect([await isUsedAfter(1999, false), await isUsedAfter(2000, false)]).toEqual([true, false])
    await made.query(`create policy q on realtime.messages for select to authenticated
      using (exists (select from rooms_users))`)
    expect([await isUsedAfter(1999, true), await isUsedAfter(2000, true)]).toEqual([true, false])
  })

  it.each([
    [
      'auth.uid() is another function',
      `create or replace function auth.uid() returns uuid language sql stable
      as $$ select (auth.jwt() ->> 'other')::uuid $$`,
    ],
    [
      'a trigger has a say',
      `create function public.veto() returns trigger language plpgsql as $$ begin return new; end $$;
      create trigger veto before insert on realtime.messages for each row execute function public.veto()`,
    ],
    ['nothing tells of changes', 'drop event trigger tenon_schema_watch'],
  ])('serves only who asks the same where %s', async (_, change) => {
    await made.query(`create policy p on realtime.messages for select to authenticated using (auth.uid() is null)`)
    const [one, other] = [identity({ a: 1 }), identity({ a: 2 })]
    expect(await questionsOf(access(), [one, other], 'room-1')).toBe(1)
    const [before] = await made.query(`select pg_get_functiondef('auth.uid()'::regprocedure) as text`)
    await made.query(change, 'supabase_admin')
    expect(await questionsOf(access(), [one, other], 'room-1')).toBe(2)
    await made.query(`${String(before?.['text'])}; drop trigger if exists veto on realtime.messages`, 'supabase_admin')
  })
})
