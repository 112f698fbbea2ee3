import { describe, expect, it, test } from 'vitest'

import { inspectScript } from './inspect-script.ts'

const says = (sql: string): string[] => inspectScript(sql, ['public']).map((danger) => danger.says)

describe('what is said before it is run', () => {
  it.each([
    ['drop table if exists a, public."B" cascade', 'Drops table a, public.B and everything that depends on it.'],
    ['drop function f(int, text)', 'Drops function f(int, text).'],
    ['DROP /* not a comment for us */ SCHEMA x', 'Drops schema x.'],
    ['truncate table tasks restart identity', 'Empties tasks restart identity: every row is lost.'],
    ['delete from only tasks', 'Deletes every row of tasks: it has no WHERE.'],
    ['delete from tasks using (select 1 where true) x', 'Deletes every row of tasks: it has no WHERE.'],
    ['update public.tasks set done = true -- where', 'Changes every row of public.tasks: it has no WHERE.'],
    ["update tasks set name = 'where'", 'Changes every row of tasks: it has no WHERE.'],
    [
      'with gone as (delete from tasks returning *) select * from gone where true',
      'Deletes every row of tasks: it has no WHERE.',
    ],
    ['explain analyze delete from tasks', 'Deletes every row of tasks: it has no WHERE.'],
    ['explain (analyze, buffers) update tasks set a = 1', 'Changes every row of tasks: it has no WHERE.'],
    ['alter table tasks drop column done', 'Alters table tasks and drops column done.'],
    [
      'alter table if exists only a.tasks add b int, drop constraint c cascade',
      'Alters table a.tasks and drops constraint c and everything that depends on it.',
    ],
    ['alter table tasks disable row level security', 'Turns Row Level Security off on table tasks: every row shows.'],
    ['do $$ begin if true then drop table tasks; end if; end $$', 'Drops table tasks.'],
    ['do $x$ declare a int; begin delete from tasks; end $x$', 'Deletes every row of tasks: it has no WHERE.'],
    [
      'create table t (a int)',
      'Makes table public.t without Row Level Security: everybody who has an API key reaches its rows.',
    ],
    [
      'create unlogged table if not exists public.t (a int)',
      'Makes table public.t without Row Level Security: everybody who has an API key reaches its rows.',
    ],
  ])('%s', (sql, sentence) => {
    expect(says(sql)).toEqual([sentence])
  })
})

describe('what is run without a word', () => {
  it.each([
    'select 1',
    "select 'drop table tasks'",
    'select $$; drop table tasks; $$',
    '-- drop table tasks\nselect 1',
    '/* ; truncate tasks; */ select "drop"',
    'delete from tasks where id = 1',
    'with gone as (delete from tasks where id = 1 returning *) select * from gone',
    'update tasks set done = true where id = 1',
    'insert into tasks values (1) on conflict (id) do update set done = true',
    'select * from tasks for update',
    'explain delete from tasks',
    'explain (verbose) delete from tasks',
    'alter table tasks alter column done drop default, alter column name drop not null',
    'alter table tasks add foreign key (a) references b on delete cascade',
    'create policy p on tasks for delete using (true)',
    'create function f() returns void language sql as $$ delete from tasks $$',
    'create temp table t (a int)',
    'create table private.t (a int)',
    'create table t (a int); alter table public.t enable row level security',
    'create table "T" (a int); alter table only "T" enable row level security',
    "select 'open",
    '',
  ])('%s', (sql) => {
    expect(says(sql)).toEqual([])
  })
})

test('a danger names its statement and its line', () => {
  expect(inspectScript('select 1;\n\ndrop view v', [])).toEqual([
    { kind: 'drop', says: 'Drops view v.', statement: 2, line: 3, fix: null },
  ])
})

test('a list of rows is read in one go, however long it is', () => {
  const rows = Array.from({ length: 30_000 }, (_, index) => `(${index}, 'a', (now()))`)
  expect(inspectScript(`insert into tasks values ${rows.join(', ')}`, [])).toEqual([])
})

test('a table left open comes with the statement that closes it, whatever its name', () => {
  const [open] = inspectScript('create table public."Odd "".table" (id int)', ['public'])
  expect(open?.fix).toBe('alter table "public"."Odd "".table" enable row level security')
  expect(inspectScript('drop table a', ['public'])).toEqual([expect.objectContaining({ fix: null })])
})
