-- Whose changes Realtime tells. It asks the policies of each table about every change, so that everybody hears of the
-- rows she may see and of no others. What was published already, by the dashboard's switch say, stays so.

do $$
declare
  live text;
begin
  foreach live in array array['tasks', 'organization_tasks', 'private_notes'] loop
    if not exists (
      select from pg_publication_tables
      where pubname = 'supabase_realtime' and schemaname = 'public' and tablename = live
    ) then
      execute format('alter publication supabase_realtime add table public.%I', live);
    end if;
  end loop;
end
$$;

-- Of a deleted row Realtime has what the replica identity brings. With the primary key alone, which is the default, the
-- policies could not be asked whose row it was.

alter table tasks replica identity full;
alter table organization_tasks replica identity full;
alter table private_notes replica identity full;
