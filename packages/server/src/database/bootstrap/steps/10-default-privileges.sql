-- What the API's roles may do with objects that will be made in schema public. The classic mode grants everything
-- and leaves the deciding to Row Level Security; with `auto_expose_new_tables = false` each table, sequence and
-- function needs a GRANT of its own (as far as named roles go: Postgres itself lets PUBLIC execute new functions).

-- degrades: default privileges in schema public
-- needs: membership in role postgres
-- grant: grant postgres to {user};
do $$
declare
  maker text;
  api text := (select string_agg(quote_ident(rolname), ', ') from pg_roles where rolname in ('anon', 'authenticated', 'service_role'));
begin
  for maker in
    select rolname from pg_roles
    where rolname in ('postgres', 'supabase_admin', current_user) and pg_has_role(oid, 'USAGE') and api is not null
  loop
    execute format(
      'alter default privileges for role %I in schema public grant all on tables to %s',
      maker, concat_ws(', ', to_regrole('postgres')::text, api));
    execute format(
      'alter default privileges for role %I in schema public grant all on sequences to %s',
      maker, concat_ws(', ', to_regrole('postgres')::text, api));
    execute format(
      'alter default privileges for role %I in schema public grant all on functions to %s',
      maker, concat_ws(', ', to_regrole('postgres')::text, api));
    if current_setting('tenon.auto_expose_new_tables') <> 'on' then
      execute format(
        'alter default privileges for role %I in schema public revoke select, insert, update, delete on tables from %s',
        maker, api);
      execute format(
        'alter default privileges for role %I in schema public revoke usage, select on sequences from %s',
        maker, api);
      execute format(
        'alter default privileges for role %I in schema public revoke execute on functions from %s',
        maker, api);
    end if;
  end loop;
end
$$;
-- end
