import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'

import type { Cell, Change } from '../change.ts'
import {
  deletionOf,
  identityOf,
  type JudgedTable,
  judged,
  openJudgedTable,
} from './equivalence/judging.test-support.ts'
import type { Tier } from './judge.ts'

const suffix = crypto.randomUUID().slice(0, 8)
const group = `judge_group_${suffix}`
const member = `judge_member_${suffix}`

const fixture = `
  create role ${group}; create role ${member} in role authenticated; grant ${member} to authenticator;
  create type public.mood as enum ('open', 'done');
  create table public.memberships (user_id text, org_id text);
  grant select on public.memberships to authenticated;
  insert into public.memberships values ('user_a', 'org_1');
  create function public.requesting_user_id() returns text language sql stable as
    $$ select nullif(current_setting('request.jwt.claims', true)::json ->> 'sub', '')::text $$;
  create function public.guess() returns text language plpgsql stable as $$ begin return 'user_a'; end $$;
  create function public.mislabelled() returns text language sql immutable as $$ select auth.jwt() ->> 'sub' $$;
  create table public.tasks (
    id int primary key, user_id text not null, org_id text, is_public bool not null default false,
    status public.mood not null default 'open', note text, level int not null default 1, data jsonb
  );
  alter table public.tasks enable row level security;
  grant select on public.tasks to anon, authenticated, service_role;
  create schema closed;
  create function closed.is_me(who text) returns bool language sql stable as $$ select who = auth.jwt() ->> 'sub' $$;
  create table public.keyless (id int, user_id text);
  alter table public.keyless enable row level security;
  create policy own on public.keyless for select using (closed.is_me(user_id));
  grant select on public.keyless to authenticated;
`

let door: JudgedTable

beforeAll(async () => {
  door = await openJudgedTable({ fixture, table: 'tasks', deletes: 'compatible' })
})

afterAll(async () => {
  await door.made.query(`drop owned by ${group}, ${member}; drop role ${group}, ${member}`, 'supabase_admin')
  await door.close()
})

beforeEach(async () => {
  await door.redefine(`
    do $$ declare p text; begin
      for p in select polname from pg_policy where polrelid = 'public.tasks'::regclass loop
        execute format('drop policy %I on public.tasks', p);
      end loop;
    end $$;
    alter table public.tasks replica identity default;
    truncate public.tasks;
    insert into public.tasks (id, user_id, org_id) values (1, 'user_a', 'org_1'), (2, 'user_b', 'org_1'), (3, 'user_c', 'org_2')`)
  door.events.length = 0
})

const alice = identityOf('authenticated', { sub: 'user_a', org_id: 'org_1', email: 'a@example.com' })
const bob = identityOf('authenticated', { sub: 'user_b', org_id: 'org_1' })
const service = identityOf('service_role', {})

async function policy(using: string, to = 'public'): Promise<void> {
  await door.redefine(`create policy sees on public.tasks for select to ${to} using (${using})`)
}

async function policyAnew(using: string): Promise<void> {
  await door.made.query('drop policy sees on public.tasks', 'supabase_admin')
  await policy(using)
}

async function seenBy(...changes: readonly Change[]): Promise<readonly (readonly number[])[]> {
  return await judged(door.table, [alice, bob, service], changes)
}

async function tierOf(using: string): Promise<Tier | undefined> {
  await door.redefine(
    `drop policy if exists sees on public.tasks; create policy sees on public.tasks for select using (${using})`,
  )
  const admitted = await door.table.admit(alice)
  const tier = Object.entries(door.table.tiers()).find(([, classes]) => classes > 0)?.[0]
  door.table.release(admitted)
  return tier as Tier | undefined
}

function changed(
  change: Change,
  cells: Readonly<Record<string, Cell>>,
  oldCells?: Readonly<Record<string, Cell>>,
): Change {
  const record = change.relation.columns.map(({ name }, place) =>
    name in cells ? cells[name] : change.record?.[place],
  )
  const oldRecord = oldCells && change.relation.columns.map(({ name }) => oldCells[name])
  return { ...change, kind: 'UPDATE', record, oldRecord: oldRecord ?? null }
}

describe('a class', () => {
  test('is shared by identities whose policies read the same of their claims, whatever else the tokens say', async () => {
    await policy("(select auth.jwt() ->> 'sub') = user_id")
    const again = identityOf('authenticated', { sub: 'user_a', other: 'claims' })
    const [first, second, third] = [
      await door.table.admit(alice),
      await door.table.admit(again),
      await door.table.admit(bob),
    ]
    expect(first).toBe(second)
    expect(first).not.toBe(third)
    expect(door.table.tiers()).toEqual({ open: 0, compiled: 0, indexed: 2, asked: 0 })
    door.table.release(first)
    expect(door.table.tiers().indexed).toBe(2)
    for (const held of [second, third]) door.table.release(held)
    expect(door.table.tiers().indexed).toBe(0)
  })

  test('is of one identity where a policy calls what cannot be read', async () => {
    await policy('guess() = user_id')
    const again = identityOf('authenticated', { sub: 'user_a' })
    const [first, second] = [await door.table.admit(alice), await door.table.admit(again)]
    expect(first.key).not.toBe(second.key)
    expect(await door.table.judge(await door.inserts())).toEqual([[first, second], [], []])
    for (const held of [first, second]) door.table.release(held)
  })

  test('of a role that bypasses Row Level Security sees everything', async () => {
    await policy('false')
    expect(await seenBy(...(await door.inserts()))).toEqual([[2], [2], [2]])
  })

  test('of an unknown role, or on a table that is not there, is refused', async () => {
    const stranger = identityOf(`nobody_${suffix}`, {})
    await expect(door.table.admit(stranger)).rejects.toMatchObject({
      code: 'postgres.error',
      detail: { sqlstate: '42704' },
    })
    const untakable = identityOf('supabase_admin', {})
    await expect(door.table.admit(untakable)).rejects.toMatchObject({ detail: { sqlstate: '42501' } })
    const nothing = door.judge.table('public', 'nothing')
    await expect(nothing.admit(alice)).rejects.toMatchObject({ detail: { sqlstate: '42P01' } })
  })
})

test.each<readonly [string, Tier]>([
  ["user_id = (auth.jwt() ->> 'sub')", 'indexed'],
  ['requesting_user_id() = user_id', 'indexed'],
  ["org_id = (select auth.jwt() ->> 'org_id') and is_public", 'indexed'],
  ["user_id = (auth.jwt() ->> 'sub') or org_id = (auth.jwt() ->> 'org_id')", 'indexed'],
  ["is_public or user_id = (auth.jwt() ->> 'sub')", 'indexed'],
  ["org_id in (select jsonb_array_elements_text(auth.jwt() -> 'orgs'))", 'indexed'],
  ["(auth.jwt() ->> 'org_role') = 'org:admin'", 'indexed'],
  ["status in ('open', 'done')", 'indexed'],
  ['true', 'indexed'],
  ["user_id <> (auth.jwt() ->> 'sub')", 'compiled'],
  ["not (user_id = (auth.jwt() ->> 'sub'))", 'compiled'],
  ["is_public or user_id is distinct from (auth.jwt() ->> 'sub')", 'compiled'],
  ["org_id in (select org_id from memberships where user_id = auth.jwt() ->> 'sub')", 'asked'],
  ["exists (select from memberships m where m.org_id = tasks.org_id and m.user_id = auth.jwt() ->> 'sub')", 'asked'],
  ["lower(user_id) = (auth.jwt() ->> 'sub')", 'asked'],
  ["data ->> 'owner' = (auth.jwt() ->> 'sub')", 'asked'],
  ['level > 2', 'asked'],
  ['guess() = user_id', 'asked'],
  ["now() > '2020-01-01'", 'asked'],
])('a policy using %s is judged %s', async (using, tier) => {
  expect(await tierOf(using)).toBe(tier)
})

describe('asking Postgres', () => {
  test('judges a row as it was written, though it has changed since or is gone', async () => {
    await policy(
      "exists (select from memberships m where m.org_id = tasks.org_id and m.user_id = auth.jwt() ->> 'sub')",
    )
    const inserts = await door.inserts()
    await door.made.query("update public.tasks set org_id = 'org_9'; delete from public.tasks where id = 2")
    expect(await seenBy(...inserts)).toEqual([[0, 2], [0, 2], [2]])
  })

  test('is narrowed by what is known: only classes whose own condition holds are asked for', async () => {
    await policy("user_id = (auth.jwt() ->> 'sub') and 10 / level > 1")
    const [first, second] = await door.inserts()
    if (first === undefined || second === undefined) throw new Error('the rows are missing')
    expect(await seenBy(first, changed(second, { level: '0' }))).toEqual([[0, 2], [2]])
    expect(door.events.map(({ message }) => message)).toEqual(['division by zero'])
  })

  test('a row whose evaluation fails hides itself alone, and is told of once, with the policy', async () => {
    await policy('10 / level > 1')
    const rows = (await door.inserts()).map((row, place) => changed(row, { level: String(place) }))
    expect(await seenBy(...rows)).toEqual([[2], [0, 1, 2], [0, 1, 2]])
    await seenBy(...rows)
    expect(door.events).toEqual([
      {
        kind: 'policy-failed',
        schema: 'public',
        table: 'tasks',
        role: 'authenticated',
        policies: ['sees'],
        sqlstate: '22012',
        message: 'division by zero',
      },
    ])
  })

  test('takes the stored row for a value that the change leaves out, and the old row where it is there', async () => {
    await policy("note = (auth.jwt() ->> 'sub')")
    await door.made.query('update public.tasks set note = user_id')
    const [first] = await door.inserts()
    if (first === undefined) throw new Error('the row is missing')
    const unchanged = changed(first, { note: undefined })
    expect(await seenBy(unchanged)).toEqual([[0, 2]])
    await door.made.query("update public.tasks set note = 'user_b'")
    expect(await seenBy(unchanged)).toEqual([[1, 2]])
    await door.redefine('alter table public.tasks replica identity full')
    const [full] = await door.inserts()
    if (full === undefined) throw new Error('the row is missing')
    expect(await seenBy(changed(full, { note: undefined }, { note: 'user_a' }))).toEqual([[0, 2]])
  })

  test('leaves the row itself to select where the policy names a schema that the role may not enter', async () => {
    await policy('closed.is_me(user_id)')
    expect(await seenBy(...(await door.inserts()))).toEqual([[0, 2], [1, 2], [2]])
  })

  test('shows nobody what only a stored row could tell, where no primary key finds it', async () => {
    const keyless = door.judge.table('public', 'keyless')
    const admitted = await keyless.admit(alice)
    expect(door.events.map(({ table, policies }) => [table, policies])).toEqual([['keyless', ['own']]])
    keyless.release(admitted)
  })

  test('of one question that fails, the others are answered all the same', async () => {
    await policy("case when auth.jwt() ->> 'sub' = 'user_13' then 10 / (level - 1) > 1 else level > 0 end")
    const many = Array.from({ length: 20 }, (_, index) => identityOf('authenticated', { sub: `user_${index}` }))
    const [shown] = await judged(door.table, many, await door.inserts('id = 1'))
    expect(shown).toEqual([...many.keys()].filter((place) => place !== 13))
  })
})

test('claims that a policy cannot read hide everything, and the log says which policy', async () => {
  await policy('auth.uid()::text = user_id')
  expect(await seenBy(...(await door.inserts()))).toEqual([[2], [2], [2]])
  expect(door.events.map(({ policies, sqlstate }) => [policies, sqlstate])).toEqual([[['sees'], '22P02']])
})

test.each(['mislabelled() = user_id', 'lower(mislabelled()) = lower(user_id)', "mislabelled() || '' = lower(user_id)"])(
  'a function that reads claims and says IMMUTABLE gives nobody the claims of others: %s',
  async (using) => {
    await policy(using)
    expect(await seenBy(...(await door.inserts()))).toEqual([[0, 2], [1, 2], [2]])
    expect(await seenBy(...(await door.inserts()))).toEqual([[0, 2], [1, 2], [2]])
  },
)

describe('deletes', () => {
  test('name every class where the replica identity does not carry what the policies read, and say how it would', async () => {
    await policy("user_id = (auth.jwt() ->> 'sub')")
    expect(await door.table.deletes()).toEqual({
      isJudged: false,
      remedy: 'alter table "public"."tasks" replica identity full',
    })
    expect(await seenBy(...(await door.inserts()).map(deletionOf))).toEqual([
      [0, 1, 2],
      [0, 1, 2],
      [0, 1, 2],
    ])
  })

  test.each(["user_id = (auth.jwt() ->> 'sub')", "lower(user_id) = (auth.jwt() ->> 'sub')"])(
    'are judged on the old row where it is there: %s',
    async (using) => {
      await policy(using)
      await door.redefine('alter table public.tasks replica identity full')
      const deletions = (await door.inserts()).map(deletionOf)
      await door.made.query('delete from public.tasks')
      expect(await door.table.deletes()).toEqual({ isJudged: true, remedy: null })
      expect(await seenBy(...deletions)).toEqual([[0, 2], [1, 2], [2]])
    },
  )

  test('are judged on the key alone where the policies read no more', async () => {
    await policy('id = 1')
    expect(await door.table.deletes()).toEqual({ isJudged: true, remedy: null })
    expect(await seenBy(...(await door.inserts()).map(deletionOf))).toEqual([[0, 1, 2], [2], [2]])
  })

  test('on a table whose deletes are judged, name nobody who cannot be judged after all', async () => {
    await door.redefine('alter table public.tasks replica identity full')
    await policy('closed.is_me(user_id)')
    expect(await door.table.deletes()).toEqual({ isJudged: true, remedy: null })
    expect(await seenBy(...(await door.inserts()).map(deletionOf))).toEqual([[2], [2], [2]])
    await policyAnew("data is null or lower(user_id) = (auth.jwt() ->> 'sub') or data = 'null'")
    await door.made.query("update public.tasks set data = 'null' where id = 1")
    expect(await seenBy(...(await door.inserts()).map(deletionOf))).toEqual([[2], [0, 1, 2], [0, 1, 2]])
  })

  test('strict, they name nobody but whom Row Level Security does not hold', async () => {
    await using strict = Object.assign(
      await openJudgedTable({ fixture: strictFixture, table: 'tasks', deletes: 'strict' }),
      {
        [Symbol.asyncDispose]: async () => await strict.close(),
      },
    )
    const deletions = (await strict.inserts()).map(deletionOf)
    expect(await judged(strict.table, [alice, bob, service], deletions)).toEqual([[2]])
  })
})

const strictFixture = `
  create function public.mislabelled() returns text language sql immutable as $$ select auth.jwt() ->> 'sub' $$;
  create table public.tasks (id int primary key, user_id text);
  insert into public.tasks values (1, 'user_a');
  alter table public.tasks enable row level security;
  create policy own on public.tasks for select using (user_id = auth.jwt() ->> 'sub');
  grant select on public.tasks to authenticated, service_role`

describe('after forget', () => {
  test('no class of before is named, and admitting again goes by the new policies', async () => {
    await policy("user_id = (auth.jwt() ->> 'sub')")
    const rows = await door.inserts()
    const old = await door.table.admit(alice)
    expect(await door.table.judge(rows)).toEqual([[old], [], []])
    await door.redefine("alter policy sees on public.tasks using (user_id = 'user_b')")
    expect(await door.table.judge(rows)).toEqual([[], [], []])
    const now = await door.table.admit(alice)
    expect(await door.table.judge(rows)).toEqual([[], [now], []])
    door.table.release(old)
    expect(await door.table.judge(rows)).toEqual([[], [now], []])
    door.table.release(now)
  })

  test('a judgement that was under way names nobody', async () => {
    await policy('exists (select from memberships m where m.org_id = tasks.org_id)')
    const rows = await door.inserts()
    await door.table.admit(alice)
    const underWay = door.table.judge(rows)
    door.judge.forget()
    expect(await underWay).toEqual([[], [], []])
  })

  test('an admission that was under way goes by what is true after', async () => {
    await policy("user_id = (auth.jwt() ->> 'sub')")
    const admitting = door.table.admit(alice)
    const redefining = door.redefine('alter policy sees on public.tasks using (false)')
    await redefining
    const admitted = await admitting
    expect(await door.table.judge(await door.inserts())).toEqual([[], [], []])
    door.table.release(admitted)
  })

  test('a revoked grant hides everything', async () => {
    await policy("user_id = (auth.jwt() ->> 'sub')")
    const rows = await door.inserts()
    expect((await seenBy(...rows))[0]).toEqual([0, 2])
    await door.redefine('revoke select on public.tasks from authenticated')
    expect((await seenBy(...rows))[0]).toEqual([2])
    await door.redefine('grant select (id) on public.tasks to authenticated')
    expect((await seenBy(...rows))[0]).toEqual([0, 2])
    await door.redefine('grant select on public.tasks to authenticated')
  })

  test('a membership that came or went decides which policies hold', async () => {
    await policy('true', group)
    const rows = await door.inserts('id = 1')
    const who = [identityOf(member, { sub: 'user_a' })]
    expect(await judged(door.table, who, rows)).toEqual([[]])
    await door.redefine(`grant ${group} to ${member}`)
    expect(await judged(door.table, who, rows)).toEqual([[0]])
    await door.redefine(`grant ${group} to ${member} with inherit false`)
    expect(await judged(door.table, who, rows)).toEqual([[]])
    await door.redefine(`revoke ${group} from ${member}`)
  })

  test('is not needed for a membership: whoever is admitted a while later goes by it', async () => {
    await policy('true', group)
    const rows = await door.inserts('id = 1')
    const who = [identityOf(member, { sub: 'user_a' })]
    expect(await judged(door.table, who, rows)).toEqual([[]])
    await door.made.query(`grant ${group} to ${member}`, 'supabase_admin')
    const early = await door.table.admit(who[0] ?? alice)
    door.pass(10_000)
    expect(await judged(door.table, who, rows)).toEqual([[0]])
    await door.made.query(`revoke ${group} from ${member}`, 'supabase_admin')
    door.pass(10_000)
    expect(await judged(door.table, who, rows)).toEqual([[]])
    door.table.release(early)
  })

  test('a change of a table that was made anew since is nobody’s', async () => {
    await policy('true')
    const rows = await door.inserts()
    const past = rows.map((row) => ({ ...row, relation: { ...row.relation, oid: 1 } }))
    expect(await seenBy(...past)).toEqual([[], [], []])
  })
})
