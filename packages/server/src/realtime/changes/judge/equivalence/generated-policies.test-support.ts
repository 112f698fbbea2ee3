// Policies as people write them, and as nobody should: a table with a column of nearly every kind, conditions over it,
// and who asks.

import * as fc from 'fast-check'

import type { Identity } from '../../../../identity/identity.ts'
import { identityOf } from './judging.test-support.ts'

const suffix = crypto.randomUUID().slice(0, 8)

/** A role that inherits from `authenticated`, one that does not, and one without any privilege. */
export const roles = {
  heir: `judge_heir_${suffix}`,
  stranger: `judge_stranger_${suffix}`,
  nobody: `judge_nobody_${suffix}`,
}

export const dropRoles = Object.values(roles)
  .map((role) => `drop owned by ${role}; drop role ${role}`)
  .join(';')

const [uuid, otherUuid] = ['6f9619ff-8b86-d011-b42d-00cf4fc964ff', '0e37df36-f698-11e6-8dd4-cb9ced3df976']

export const fixture = `
  create role ${roles.heir} in role authenticated;
  create role ${roles.stranger}; create role ${roles.nobody};
  grant ${roles.heir}, ${roles.stranger}, ${roles.nobody} to authenticator;
  grant usage on schema public to ${roles.stranger};

  create type public.mood as enum ('open', 'done', 'draft');
  create domain public.code as text;
  create collation public.nd (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
  create table public.members (user_id text, org_id text);
  insert into public.members values ('user_a', 'org_1'), ('user_a', 'org_2'), ('user_b', 'org_1'), ('${uuid}', 'org_2');
  alter table public.members enable row level security;
  create policy own on public.members for select using (user_id = auth.jwt() ->> 'sub');
  grant select on public.members to anon, authenticated;
  create table public.admins (user_id text);
  insert into public.admins values ('user_b');
  grant select on public.admins to authenticated;

  create function public.requesting_user_id() returns text language sql stable as
    $$ select nullif(current_setting('request.jwt.claims', true)::json ->> 'sub', '')::text $$;
  create function public.claim(name text) returns text language sql stable set search_path = '' as
    $$ select auth.jwt() ->> name $$;
  create function public.my_orgs() returns setof text language sql stable security definer set search_path = '' as
    $$ select org_id from public.members where user_id = auth.jwt() ->> 'sub' $$;
  create function public.is_member(org text) returns boolean language plpgsql stable security definer as
    $$ begin return exists (select from members m where m.org_id = org and m.user_id = auth.jwt() ->> 'sub'); end $$;
  create schema hidden;
  create function hidden.my_name() returns text language sql stable as $$ select auth.jwt() ->> 'sub' $$;

  create table public.tasks (
    id int primary key, user_id text, owner uuid, org_id text, status public.mood, amount numeric, short char(4),
    name varchar(40), is_public bool, deleted_at timestamptz, tags text[], data jsonb, folded text collate public.nd,
    level int8, coded public.code, size int2, parent int
  );
  alter table public.tasks enable row level security;
  alter table public.tasks replica identity full;
  grant select on public.tasks to anon, authenticated, service_role, ${roles.stranger};
  insert into public.tasks values
    (1, 'user_a', '${uuid}', 'org_1', 'open', 1.0, 'ab', 'Anna', true, null, '{user_a,x}', '{"owner":"user_a"}', 'USER_A', 1, 'user_a', 1, null),
    (2, 'user_b', '${otherUuid}', 'org_2', 'done', 1.00, 'ab  ', 'anna', false, '2020-01-01', '{}', '{"owner":"user_b"}', 'user_a', 2, 'user_b', 2, 1),
    (3, 'user_c', null, 'org_3', 'draft', 10, '', 'user_c', null, '2999-01-01', null, 'null', 'user_c', 0, null, 3, 3),
    (4, null, '${uuid}', null, null, null, null, null, true, null, '{NULL}', null, null, null, null, null, null),
    (5, '${uuid}', '${uuid}', 'org_2', 'open', 0, 'x', 'a"b\\c', false, null, '{user_b}', '[1,{"a":null}]', '', 3, '', 4, 2),
    (6, '', null, '', 'done', -1.5, 'abcd', '', false, null, '{"a,b","c\\"d"}', '"user_a"', 'ß', -1, 'Ab', 5, 6),
    (7, 'user_a', '${otherUuid}', 'org_1', 'draft', 1, 'a', 'bob', true, '2020-01-01', '{user_a}', '{}', 'User_B', 9007199254740993, 'x', 6, 1),
    (8, 'user_b', null, 'org_1', 'open', 5.5, null, 'O''Brien', null, null, '{user_c,user_b}', '{"owner":null}', 'a', 4, 'org_1', -7, null);
`

/** Conditions that Postgres takes as a policy's USING. */
const leaves = [
  "user_id = (auth.jwt() ->> 'sub')",
  "(select auth.jwt() ->> 'sub') = user_id",
  'requesting_user_id() = user_id',
  "claim('sub') = user_id",
  "claim('org_' || 'id') = org_id",
  'hidden.my_name() = user_id',
  "user_id <> (auth.jwt() ->> 'sub')",
  'owner = auth.uid()',
  '(select auth.uid()) = owner',
  "owner::text = auth.jwt() ->> 'sub'",
  "owner = '6F9619FF-8B86-D011-B42D-00CF4FC964FF'",
  "org_id = (auth.jwt() ->> 'org_id')",
  "org_id = coalesce(auth.jwt() ->> 'org_id', auth.jwt() -> 'o' ->> 'id')",
  "org_id in (select org_id from members where user_id = auth.jwt() ->> 'sub')",
  "org_id not in (select org_id from members where user_id = auth.jwt() ->> 'sub')",
  "exists (select from members m where m.org_id = tasks.org_id and m.user_id = auth.jwt() ->> 'sub')",
  "exists (select from members where user_id = auth.jwt() ->> 'sub')",
  "exists (select from admins a where a.user_id = auth.jwt() ->> 'sub')",
  'org_id in (select my_orgs())',
  'is_member(org_id)',
  "org_id = any (string_to_array(auth.jwt() ->> 'orgs_csv', ','))",
  "org_id <> all (string_to_array(auth.jwt() ->> 'orgs_csv', ','))",
  "org_id in (select jsonb_array_elements_text(auth.jwt() -> 'orgs'))",
  "org_id not in (select jsonb_array_elements_text(auth.jwt() -> 'orgs'))",
  "org_id = any (array(select jsonb_array_elements_text(auth.jwt() -> 'orgs')))",
  "org_id in (auth.jwt() ->> 'org_id', auth.jwt() ->> 'sub', null)",
  'is_public',
  'is_public is not true',
  'is_public is unknown',
  '(is_public and level > 1) is not false',
  'is_public = true',
  "is_public = ((auth.jwt() ->> 'org_role') = 'org:admin')",
  'coalesce(is_public, true)',
  "status = 'open'",
  "status in ('open', 'done')",
  "status not in ('open', 'done')",
  "status::text = 'open'",
  "status > 'open'",
  'amount = 1.0',
  'amount > 5',
  'level = 2',
  'level in (1, 2, null)',
  'level not in (1, 3)',
  'level = size',
  'size = 2',
  'size::int8 = level',
  "level = (auth.jwt() ->> 'level')::int",
  "level = (auth.jwt() ->> 'level')::numeric",
  'level = 9007199254740993',
  '10 / level > 2',
  "short = 'ab'",
  "short = 'ab  '",
  "short::text = 'ab'",
  "name = 'Anna'",
  "name = 'Anna'::name",
  "name like 'A%'",
  "lower(name) = 'anna'",
  'name = user_id',
  "name collate nd = 'ANNA'",
  "folded = (auth.jwt() ->> 'sub')",
  "folded in ('user_a', 'B')",
  "coded = (auth.jwt() ->> 'sub')",
  'coded is null',
  "data ->> 'owner' = auth.jwt() ->> 'sub'",
  "data = 'null'",
  'data is null',
  "tags @> array[auth.jwt() ->> 'sub']",
  "(auth.jwt() ->> 'sub') = any (tags)",
  'tags is not null',
  'deleted_at is null',
  'deleted_at is not null',
  'deleted_at > now()',
  'user_id is null',
  "user_id is distinct from (auth.jwt() ->> 'sub')",
  "user_id is not distinct from (auth.jwt() ->> 'missing')",
  "(auth.jwt() ->> 'org_role') = 'org:admin'",
  "(select auth.jwt() ->> 'org_role') = 'org:admin'",
  "(auth.jwt() ->> 'is_admin')::bool",
  "auth.role() = 'authenticated'",
  "auth.email() like '%@example.com'",
  "current_user = 'anon'",
  'current_user = user_id',
  "pg_has_role('authenticated', 'member')",
  "case when is_public then user_id = auth.jwt() ->> 'sub' else level = 2 end",
  "case when auth.jwt() ->> 'org_id' is null then is_public else org_id = auth.jwt() ->> 'org_id' end",
  'xmin is not null',
  'tableoid = 0',
  'tasks is not null',
  'id in (select t.parent from tasks t where t.id = tasks.id)',
  'row(id, level) = row(2, 2)',
  "current_setting('request.jwt.claims', true)::jsonb ->> 'sub' = user_id",
  "current_setting('app.tenant', true) = org_id",
  'true',
  'false',
  'null',
  "length(auth.jwt() ->> 'sub') = size",
  "split_part(auth.jwt() ->> 'sub', '_', 2) = 'a'",
]

const condition: fc.Arbitrary<string> = fc.letrec<{ condition: string; leaf: string }>((tie) => ({
  leaf: fc.constantFrom(...leaves),
  condition: fc.oneof(
    { maxDepth: 2, withCrossShrink: true },
    { arbitrary: tie('leaf'), weight: 4 },
    { arbitrary: fc.tuple(tie('condition'), tie('condition')).map((both) => `(${both.join(' and ')})`), weight: 2 },
    { arbitrary: fc.tuple(tie('condition'), tie('condition')).map((both) => `(${both.join(' or ')})`), weight: 2 },
    { arbitrary: tie('condition').map((inner) => `not (${inner})`), weight: 1 },
  ),
})).condition

export interface GeneratedPolicy {
  readonly using: string
  readonly isPermissive: boolean
  readonly to: string
}

const policy: fc.Arbitrary<GeneratedPolicy> = fc.record({
  using: condition,
  isPermissive: fc.oneof({ arbitrary: fc.constant(true), weight: 4 }, { arbitrary: fc.constant(false), weight: 1 }),
  to: fc.oneof(
    { arbitrary: fc.constant('public'), weight: 3 },
    { arbitrary: fc.constantFrom('authenticated', 'anon', roles.stranger, `anon, ${roles.heir}`), weight: 2 },
  ),
})

export const policies: fc.Arbitrary<readonly GeneratedPolicy[]> = fc.array(policy, { minLength: 1, maxLength: 3 })

/** Each condition by itself, so that none is left to chance. */
export const singlePolicies: readonly (readonly GeneratedPolicy[])[] = leaves.map((using) => [
  { using, isPermissive: true, to: 'public' },
])

/** Replaces the table's policies. */
export function definePolicies(given: readonly GeneratedPolicy[]): string {
  const created = given.map(
    ({ using, isPermissive, to }, index) =>
      `create policy p${index} on public.tasks as ${isPermissive ? 'permissive' : 'restrictive'} for select to ${to} using (${using})`,
  )
  const dropped = [0, 1, 2].map((index) => `drop policy if exists p${index} on public.tasks`)
  return [...dropped, ...created].join(';')
}

export const identities: readonly Identity[] = [
  identityOf('authenticated', { sub: 'user_a', org_id: 'org_1', org_role: 'org:admin', orgs: ['org_1'], level: '2' }),
  identityOf('authenticated', { sub: 'user_a', v: 2, o: { id: 'org_2' }, orgs_csv: 'org_2,org_3', level: 'x' }),
  identityOf('authenticated', { sub: 'user_b', orgs: ['org_1', null], is_admin: true, email: 'b@example.com' }),
  identityOf('authenticated', { sub: uuid, org_id: 'org_2', orgs: [], is_admin: 'perhaps', level: '9007199254740993' }),
  identityOf('authenticated', { orgs: 'org_1', orgs_csv: '' }),
  identityOf('anon', {}),
  identityOf('anon', { sub: 'user_c', org_id: 'org_3' }),
  identityOf('service_role', {}),
  identityOf(roles.heir, { sub: 'user_a', org_id: 'org_1' }),
  identityOf(roles.stranger, { sub: 'user_b', org_id: 'org_2' }),
  identityOf(roles.nobody, { sub: 'user_a', org_id: 'org_1' }),
]
