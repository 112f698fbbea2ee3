-- Tells the server, by NOTIFY on channel pgrst, that tables, functions, policies or grants changed. Schemas that
-- no door reads its shape from are passed over, and so are temporary objects and commands that change no shape.

-- degrades: noticing changes of the schema at once (event triggers)
-- needs: superuser
-- grant: notify pgrst, 'reload schema'; -- after each migration, or let a superuser run the server once
-- unless: exists (select from pg_event_trigger where evtname = 'pgrst_ddl_watch') and not (select rolsuper from pg_roles where rolname = current_user)
create or replace function extensions.pgrst_ddl_watch() returns event_trigger language plpgsql as $$
begin
  if exists (
    select from pg_event_trigger_ddl_commands()
    where coalesce(schema_name, '') not in ('pg_temp', 'auth', 'realtime', 'storage', 'clerk', 'tenon')
      and command_tag not in (
        'CREATE INDEX', 'ALTER INDEX', 'REINDEX', 'REFRESH MATERIALIZED VIEW', 'CREATE STATISTICS', 'ALTER STATISTICS'
      )
  ) then
    notify pgrst, 'reload schema';
  end if;
end
$$;

create or replace function extensions.pgrst_drop_watch() returns event_trigger language plpgsql as $$
begin
  if exists (
    select from pg_event_trigger_dropped_objects()
    where not is_temporary
      and coalesce(schema_name, address_names[1], '') not in ('auth', 'realtime', 'storage', 'clerk', 'tenon')
      and object_type not in ('index', 'toast table', 'statistics object')
  ) then
    notify pgrst, 'reload schema';
  end if;
end
$$;

drop event trigger if exists pgrst_ddl_watch;
create event trigger pgrst_ddl_watch on ddl_command_end execute function extensions.pgrst_ddl_watch();
drop event trigger if exists pgrst_drop_watch;
create event trigger pgrst_drop_watch on sql_drop execute function extensions.pgrst_drop_watch();
-- end
