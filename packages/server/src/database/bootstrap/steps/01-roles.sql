-- The roles of a Supabase project and their attributes. A role that was there before us keeps the attributes
-- its owner gave it; the comment on a role says which ones are ours.

-- degrades: roles anon, authenticated, service_role and authenticator
-- needs: CREATEROLE
-- grant: alter role {user} createrole;
do $$
declare
  wanted text;
begin
  foreach wanted in array array[
    'supabase_admin', 'postgres', 'anon', 'authenticated', 'service_role', 'authenticator',
    'supabase_auth_admin', 'supabase_storage_admin', 'supabase_realtime_admin',
    'supabase_replication_admin', 'supabase_read_only_user', 'dashboard_user', 'pgbouncer', 'tenon_clerk'
  ] loop
    if to_regrole(wanted) is null then
      execute format('create role %I nologin noinherit', wanted);
      execute format('comment on role %I is %L', wanted, 'made by tenon');
    end if;
  end loop;
end
$$;
-- end

-- degrades: logins and attributes of the roles
-- needs: CREATEROLE | ADMIN OPTION on the server's roles, which another user made
-- grant: alter role {user} createrole; | grant {roles} to {user} with admin option; -- as their maker or a superuser
do $$
declare
  given record;
begin
  for given in
    select role, attributes
    from (values
      ('anon', 'nologin inherit'),
      ('authenticated', 'nologin inherit'),
      ('service_role', 'nologin inherit'),
      ('authenticator', 'login noinherit'),
      ('postgres', 'login inherit createrole'),
      ('supabase_auth_admin', 'login noinherit'),
      ('supabase_storage_admin', 'login noinherit'),
      ('supabase_realtime_admin', 'login noinherit'),
      ('supabase_replication_admin', 'login inherit'),
      ('supabase_read_only_user', 'login inherit'),
      ('dashboard_user', 'nologin inherit createrole'),
      ('pgbouncer', 'login inherit'),
      ('tenon_clerk', 'login noinherit')
    ) as wanted (role, attributes)
    where shobj_description(to_regrole(role), 'pg_authid') = 'made by tenon'
  loop
    execute format('alter role %I %s', given.role, given.attributes);
  end loop;
end
$$;
-- end

-- degrades: role postgres making databases
-- needs: CREATEDB
-- grant: alter role {user} createdb;
do $$
declare
  making text;
begin
  for making in
    select rolname from pg_roles
    where rolname in ('postgres', 'dashboard_user') and shobj_description(oid, 'pg_authid') = 'made by tenon'
      and not rolcreatedb
  loop
    execute format('alter role %I createdb', making);
  end loop;
end
$$;
-- end

-- A superuser of ours where we may make one. Nothing depends on it elsewhere.
do $$
begin
  if (select rolsuper from pg_roles where rolname = current_user) and
    (shobj_description(to_regrole('supabase_admin'), 'pg_authid') = 'made by tenon' or current_user = 'supabase_admin')
  then
    alter role supabase_admin superuser inherit createdb createrole replication bypassrls login;
  end if;
end
$$;

-- degrades: service_role passing Row Level Security by
-- needs: BYPASSRLS
-- grant: alter role service_role bypassrls;
do $$
declare
  bypassing text;
begin
  foreach bypassing in array array['service_role', 'postgres', 'supabase_read_only_user'] loop
    if not (select rolbypassrls or rolsuper from pg_roles where rolname = bypassing) then
      execute format('alter role %I bypassrls', bypassing);
    end if;
  end loop;
end
$$;
-- end

-- degrades: roles that replicate (Realtime's capture of changes)
-- needs: REPLICATION
-- grant: alter role {user} replication;
do $$
declare
  replicating text;
begin
  foreach replicating in array
    array['postgres', 'supabase_realtime_admin', 'supabase_replication_admin', 'dashboard_user']
  loop
    if not (select rolreplication or rolsuper from pg_roles where rolname = replicating) then
      execute format('alter role %I replication', replicating);
    end if;
  end loop;
end
$$;
-- end
