-- Marks in the WAL, in the transaction itself, that the schema, a policy or a grant changed, so that whoever reads
-- changes knows from which commit on others may see a row. The mark is a logical message with prefix tenon.schema.
-- Passed over are temporary objects, the server's own schemas, and commands that change nobody's view of a row.

-- degrades: noticing changed policies and grants in commit order (Realtime's Postgres Changes)
-- needs: superuser
-- grant: select pg_logical_emit_message(true, 'tenon.schema', ''); -- in each migration, or let a superuser run the server once
-- unless: exists (select from pg_event_trigger where evtname = 'tenon_schema_watch') and not (select rolsuper from pg_roles where rolname = current_user)
create or replace function tenon.mark_schema_change() returns event_trigger language plpgsql as $$
begin
  if exists (
    select from pg_catalog.pg_event_trigger_ddl_commands()
    where coalesce(schema_name, '') not in ('pg_temp', 'clerk', 'tenon')
      and command_tag not in (
        'CREATE INDEX', 'ALTER INDEX', 'REINDEX', 'REFRESH MATERIALIZED VIEW', 'CREATE STATISTICS', 'ALTER STATISTICS',
        'COMMENT', 'SECURITY LABEL'
      )
  ) then
    perform pg_catalog.pg_logical_emit_message(true, 'tenon.schema', '');
  end if;
end
$$;

create or replace function tenon.mark_schema_drop() returns event_trigger language plpgsql as $$
begin
  if exists (
    select from pg_catalog.pg_event_trigger_dropped_objects()
    where not is_temporary
      and coalesce(schema_name, address_names[1], '') not in ('clerk', 'tenon')
      and object_type not in ('index', 'toast table', 'statistics object')
  ) then
    perform pg_catalog.pg_logical_emit_message(true, 'tenon.schema', '');
  end if;
end
$$;

drop event trigger if exists tenon_schema_watch;
create event trigger tenon_schema_watch on ddl_command_end execute function tenon.mark_schema_change();
drop event trigger if exists tenon_drop_watch;
create event trigger tenon_drop_watch on sql_drop execute function tenon.mark_schema_drop();
-- end
