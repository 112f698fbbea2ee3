// What is measured beside the read of `rest-read`: the requests that make up most of an application's traffic, by one
// person under Row Level Security.

/** The tables, as a migration of the project under test. Everybody owns thirty projects, six steps in each. */
export const WORKLOADS_MIGRATION = `
create table public.bench_projects (id bigint primary key, owner text not null, name text not null);
create table public.bench_steps (
  id bigint primary key,
  owner text not null,
  title text not null,
  project_id bigint not null references public.bench_projects
);
create table public.bench_remarks (
  id bigint primary key,
  owner text not null,
  words text not null,
  step_id bigint not null references public.bench_steps
);
create table public.bench_entries (
  id bigint generated always as identity primary key,
  owner text not null default auth.jwt() ->> 'sub',
  title text not null
);
insert into public.bench_projects
  select number, 'user_' || number % 100, 'project ' || number from generate_series(1, 3000) number;
insert into public.bench_steps
  select 6 * (p.id - 1) + part, p.owner, 'step ' || part, p.id
  from public.bench_projects p, generate_series(1, 6) part;
insert into public.bench_remarks
  select 2 * (s.id - 1) + part, s.owner, 'remark ' || part, s.id
  from public.bench_steps s, generate_series(1, 2) part;
create index on public.bench_projects (owner);
create index on public.bench_steps (project_id);
create index on public.bench_remarks (step_id);
do $$
declare
  name text;
begin
  foreach name in array array['bench_projects', 'bench_steps', 'bench_remarks', 'bench_entries'] loop
    execute format('alter table public.%I enable row level security', name);
    execute format('create policy own on public.%I to authenticated using ((select auth.jwt() ->> ''sub'') = owner)', name);
  end loop;
end $$;
create function public.bench_steps_of(project bigint) returns bigint language sql stable
  as 'select count(*) from public.bench_steps where project_id = project';
analyze;
`

export type WorkloadName = 'pointRead' | 'list' | 'twoLevelEmbed' | 'insert' | 'call' | 'exactCount'

export interface Workload {
  readonly name: WorkloadName
  readonly title: string
  readonly method: 'GET' | 'POST'
  /** Below `/rest/v1`. */
  readonly path: string
  readonly query: string
  readonly prefer?: string
  /** JSON to send. */
  readonly sent?: string
  readonly status: number
}

export const WORKLOADS: readonly Workload[] = [
  {
    name: 'pointRead',
    title: 'point read',
    method: 'GET',
    path: '/bench_projects',
    query: 'select=id,owner,name&id=eq.42',
    status: 200,
  },
  {
    name: 'list',
    title: '20-row list',
    method: 'GET',
    path: '/bench_projects',
    query: 'select=id,owner,name&order=id.desc&limit=20',
    status: 200,
  },
  {
    name: 'twoLevelEmbed',
    title: 'two-level embed',
    method: 'GET',
    path: '/bench_projects',
    query: 'select=id,name,bench_steps(id,title,bench_remarks(id,words))&id=eq.42',
    status: 200,
  },
  {
    name: 'insert',
    title: 'insert',
    method: 'POST',
    path: '/bench_entries',
    query: '',
    sent: '{"title":"an entry of one line"}',
    status: 201,
  },
  {
    name: 'call',
    title: 'RPC',
    method: 'POST',
    path: '/rpc/bench_steps_of',
    query: '',
    sent: '{"project":42}',
    status: 200,
  },
  {
    name: 'exactCount',
    title: 'page with exact count',
    method: 'GET',
    path: '/bench_projects',
    query: 'select=id,owner,name&limit=20',
    prefer: 'count=exact',
    status: 206,
  },
]
