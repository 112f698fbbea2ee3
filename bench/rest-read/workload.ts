// What is measured: one person reads her ten rows of a thousand, under Row Level Security, as JSON. The same table,
// policy, settings and statement for every contestant.

export const OWNER = 'user_42'
export const ROLE = 'authenticated'

/** The table, as a migration of the project under test. */
export const MIGRATION = `
create table public.bench_tasks (
  id bigint primary key,
  owner text not null,
  title text not null,
  done boolean not null
);
insert into public.bench_tasks
  select number, 'user_' || number % 100, 'task number ' || number, number % 3 = 0 from generate_series(1, 1000) number;
create index on public.bench_tasks (owner);
alter table public.bench_tasks enable row level security;
create policy "own tasks" on public.bench_tasks for select to authenticated
  using ((select auth.jwt() ->> 'sub') = owner);
grant select on public.bench_tasks to authenticated;
analyze public.bench_tasks;
`

/** The read as a REST request. */
export const REST_PATH = '/rest/v1/bench_tasks?select=id,owner,title,done&limit=10'

/** The statement that the REST door makes of it, in the same form: counts, the body as Postgres makes it, settings. */
export const READ = {
  name: 'bench_read',
  text: `WITH pgrst_source AS (
  SELECT "bench_tasks"."id", "bench_tasks"."owner", "bench_tasks"."title", "bench_tasks"."done"
  FROM "public"."bench_tasks" LIMIT $1 OFFSET $2)
SELECT null::bigint AS total, pg_catalog.count(_postgrest_t) AS page,
  coalesce(json_agg(_postgrest_t), '[]')::text AS body,
  nullif(current_setting('response.headers', true), '') AS headers,
  nullif(current_setting('response.status', true), '') AS status
FROM (SELECT * FROM pgrst_source) _postgrest_t`,
  values: ['10', '0'],
} as const

/** Where the body stands in the statement's row. */
export const BODY_COLUMN = 2

/** Everything the request brings into its transaction, in order. */
export const SETTINGS: readonly (readonly [name: string, value: string])[] = [
  ['search_path', '"public", "public", "extensions"'],
  ['transaction_read_only', 'on'],
  ['role', ROLE],
  ['request.jwt.claims', JSON.stringify({ iss: 'https://bench.example', sub: OWNER, role: ROLE, sid: 'sess_1', v: 2 })],
  ['request.method', 'GET'],
  ['request.path', '/rest/v1/bench_tasks'],
  ['request.headers', JSON.stringify({ host: '127.0.0.1', accept: '*/*', 'user-agent': 'bench' })],
  ['request.cookies', '{}'],
]

/** The one statement that sets all of it; no row comes back. */
export const SET = {
  name: 'bench_set',
  text: `select where ${SETTINGS.map(([name], at) => `set_config('${name}', $${at + 1}, true) is null`).join(' or ')}`,
  values: SETTINGS.map(([, value]) => value),
} as const
