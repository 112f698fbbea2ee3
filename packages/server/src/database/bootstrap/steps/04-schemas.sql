-- The schemas of a Supabase project, each under its owner, and the extensions every project has.

-- degrades: the platform's schemas
-- needs: CREATE on the database
-- grant: grant create on database {database} to {user};
do $$
declare
  wanted record;
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
    exception when insufficient_privilege then
      execute format('create schema %I', wanted.schema);
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
-- needs: superuser, and pg_stat_statements in shared_preload_libraries
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
    execute format('grant create, temporary on database %I to postgres', current_database());
  end if;
end
$$;
-- end
