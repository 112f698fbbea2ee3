// Tables of the bench: the same rows with Row Level Security and without, and what writes them.

/** Who sees a row: its own person, the members of its organisation, or whoever filters for it. */
export type TableName = 'changes_own' | 'changes_org' | 'changes_open'

export const SCHEMA = `
create table public.changes_open (id bigint generated always as identity primary key, user_id text not null,
  org text not null, title text not null, sent double precision not null);
create table public.changes_own (like public.changes_open including all);
create table public.changes_org (like public.changes_open including all);
alter table public.changes_own enable row level security;
alter table public.changes_org enable row level security;
create policy "own" on public.changes_own for select to authenticated
  using ((select auth.jwt() ->> 'sub') = user_id);
create policy "members" on public.changes_org for select to authenticated
  using ((select auth.jwt() -> 'o' ->> 'id') = org);
alter publication supabase_realtime add table public.changes_open, public.changes_own, public.changes_org;

create procedure public.write_changes(target text, transactions int, rows_each int, users int, orgs int)
language plpgsql as $$
begin
  for turn in 0 .. transactions - 1 loop
    execute format('insert into public.%I (user_id, org, title, sent)
      select ''user_'' || (n %% $1), ''org_'' || (n %% $2), ''task number '' || n,
        extract(epoch from clock_timestamp()) * 1000
      from generate_series($3, $4) n', target) using users, orgs, turn * rows_each, (turn + 1) * rows_each - 1;
    commit;
  end loop;
end $$;
`
