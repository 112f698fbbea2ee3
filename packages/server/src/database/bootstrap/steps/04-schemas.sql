-- The schemas of a Supabase project, each under its owner, and the extensions every project has.

-- degrades: the platform's schemas
-- needs: CREATE on the database
-- grant: grant create on database {database} to {user};
do $$
declare
  wanted record;
  kept regclass;
begin
  for wanted in
    select schema, owner
    from (values
      ('auth', 'supabase_auth_admin'),
      ('storage', 'supabase_storage_admin'),
      ('realtime', 'supabase_realtime_admin'),
      ('extensions', 'postgres'),
      ('graphql', 'supabase_admin'),
      ('graphql_public', 'supabase_admin'),
      ('vault', 'supabase_admin'),
      ('pgbouncer', 'pgbouncer'),
      ('clerk', 'tenon_clerk')
    ) as list (schema, owner)
    where to_regnamespace(schema) is null
  loop
    begin
      execute format('create schema %I authorization %I', wanted.schema, wanted.owner);
    exception when insufficient_privilege or undefined_object then
      execute format('create schema %I', wanted.schema);
      execute format('comment on schema %I is %L', wanted.schema, 'kept for ' || wanted.owner);
    end;
  end loop;
  -- What was kept for an owner who could not have it is handed over once he can.
  for wanted in
    select nspname as schema, rolname as owner
    from pg_namespace
    join pg_roles on obj_description(pg_namespace.oid, 'pg_namespace') = 'kept for ' || rolname
    where pg_has_role(nspowner, 'USAGE') and pg_has_role(pg_roles.oid, 'MEMBER')
  loop
    begin
      execute format('comment on schema %I is null', wanted.schema);
      execute format('alter schema %I owner to %I', wanted.schema, wanted.owner);
      for kept in
        select oid from pg_class where relnamespace = to_regnamespace(quote_ident(wanted.schema)) and relkind in ('r', 'p')
      loop
        execute format('alter table %s owner to %I', kept, wanted.owner);
      end loop;
    exception when insufficient_privilege then
      continue;
    end;
  end loop;
end
$$;
-- end

-- degrades: extensions pgcrypto and uuid-ossp in schema extensions
-- needs: CREATE on the database
-- grant: grant create on database {database} to {user};
create extension if not exists pgcrypto with schema extensions;
create extension if not exists "uuid-ossp" with schema extensions;
-- end

-- degrades: query statistics (pg_stat_statements)
-- needs: superuser
-- grant: create extension pg_stat_statements with schema extensions;
create extension if not exists pg_stat_statements with schema extensions;
-- end

-- degrades: role postgres owning the database
-- needs: ownership of the database
-- grant: grant create on database {database} to postgres;
do $$
begin
  if current_setting('tenon.owned') = 'on' then
    execute format('alter database %I owner to postgres', current_database());
  elsif current_user <> 'postgres' then
    call tenon.grant_where_made(format('create, temporary on database %I', current_database()), 'postgres');
  end if;
end
$$;
-- end
