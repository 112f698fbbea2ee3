-- What roles postgres and supabase_read_only_user may read: every schema of the project, also those that it makes
-- later, and neither the identity state in schema clerk nor the server's own records in schema tenon.

-- degrades: roles postgres and supabase_read_only_user reading what the platform's own roles make
-- needs: superuser
-- grant: grant usage on schema auth, storage, realtime to postgres, supabase_read_only_user; -- and select on their tables
do $$
declare
  readable text;
  maker text;
begin
  for readable in
    select quote_ident(nspname) from pg_namespace
    where nspname not in ('clerk', 'tenon', 'pgbouncer', 'information_schema') and nspname not like 'pg\_%'
  loop
    call tenon.grant_where_made('usage on schema ' || readable, 'postgres', 'supabase_read_only_user');
    call tenon.grant_where_made('select on all tables in schema ' || readable, 'postgres', 'supabase_read_only_user');
    call tenon.grant_where_made('select on all sequences in schema ' || readable, 'postgres', 'supabase_read_only_user');
  end loop;
  for maker in
    select rolname from pg_roles
    where rolname in (
        'supabase_admin', 'postgres', 'supabase_auth_admin', 'supabase_storage_admin', 'supabase_realtime_admin', current_user
      ) and to_regrole('postgres') is not null and to_regrole('supabase_read_only_user') is not null
  loop
    execute format('alter default privileges for role %I grant usage on schemas to postgres, supabase_read_only_user', maker);
    execute format('alter default privileges for role %I grant select on tables to postgres, supabase_read_only_user', maker);
    execute format('alter default privileges for role %I grant select on sequences to postgres, supabase_read_only_user', maker);
  end loop;
end
$$;
-- end
