-- Who may become whom, and the settings a role brings along. Comes after the attributes: since Postgres 16 a
-- membership inherits or not by what the member's INHERIT said at the time of the grant.

-- degrades: becoming the role that a token names
-- needs: ADMIN OPTION on the server's roles, which another user made
-- grant: grant {roles} to {user} with admin option; -- as their maker or a superuser
do $$
declare
  given text;
  holder text;
begin
  for given in select rolname from pg_roles where rolname in ('anon', 'authenticated', 'service_role') loop
    call tenon.grant_where_made(quote_ident(given), 'authenticator');
  end loop;
  -- Whoever runs this without being a superuser needs the roles to hand objects over to them.
  if not (select rolsuper from pg_roles where rolname = current_user) then
    for holder in
      select rolname from pg_roles
      where rolname in (
          'anon', 'authenticated', 'service_role',
          'supabase_auth_admin', 'supabase_storage_admin', 'supabase_realtime_admin', 'tenon_clerk'
        ) or rolname = 'postgres' and shobj_description(oid, 'pg_authid') = 'made by tenon'
    loop
      if not pg_has_role(current_user, holder, 'MEMBER') or current_setting('server_version_num')::int >= 160000 then
        execute format('grant %I to current_user', holder);
      end if;
    end loop;
  end if;
end
$$;
-- end

-- degrades: role postgres standing in for the owners of schemas storage and realtime
-- needs: ADMIN OPTION on the server's roles, which another user made
-- grant: grant {roles} to {user} with admin option; -- as their maker or a superuser
do $$
declare
  given text;
begin
  if current_user <> 'postgres' and not (select rolsuper from pg_roles where rolname = 'postgres') then
    -- Migrations set roles up: ALTER ROLE authenticator SET …, GRANT authenticated TO …
    for given in
      select rolname from pg_roles where rolname in ('anon', 'authenticated', 'service_role', 'authenticator')
    loop
      execute format('grant %I to postgres with admin option', given);
    end loop;
    for given in
      select rolname from pg_roles where rolname in ('supabase_storage_admin', 'supabase_realtime_admin')
    loop
      execute format('grant %I to postgres', given);
    end loop;
  end if;
  if to_regrole('authenticator') is not null then
    call tenon.grant_where_made('authenticator', 'supabase_storage_admin');
  end if;
end
$$;
-- end

-- degrades: role postgres watching the database's activity
-- needs: ADMIN OPTION on the predefined roles
-- grant: grant pg_monitor, pg_signal_backend to postgres;
do $$
begin
  if not (select rolsuper from pg_roles where rolname = 'postgres') and current_user <> 'postgres' then
    grant pg_monitor, pg_signal_backend to postgres;
  end if;
end
$$;
-- end

-- Who reads everything reads the identity state of schema clerk; see docs/adr/0002-who-reads-the-identity-state.md.

-- degrades: schema clerk closed to roles postgres and supabase_read_only_user
-- needs: ADMIN OPTION on pg_read_all_data
-- grant: revoke pg_read_all_data from postgres, supabase_read_only_user;
do $$
declare
  reader text;
begin
  for reader in
    select member.rolname from pg_auth_members m
    join pg_roles member on member.oid = m.member
    where m.roleid = 'pg_read_all_data'::regrole
      and member.rolname in ('postgres', 'supabase_read_only_user')
      and shobj_description(member.oid, 'pg_authid') = 'made by tenon'
  loop
    execute format('revoke pg_read_all_data from %I', reader);
  end loop;
end
$$;
-- end

-- degrades: time limits and search paths of the roles
-- needs: CREATEROLE | ADMIN OPTION on the server's roles, which another user made
-- grant: alter role {user} createrole; | grant {roles} to {user} with admin option; -- as their maker or a superuser
do $$
declare
  given record;
begin
  for given in
    select role, setting, value
    from (values
      ('anon', 'statement_timeout', '''3s'''),
      ('authenticated', 'statement_timeout', '''8s'''),
      ('authenticator', 'statement_timeout', '''8s'''),
      ('authenticator', 'lock_timeout', '''8s'''),
      ('supabase_auth_admin', 'search_path', 'auth'),
      ('supabase_auth_admin', 'idle_in_transaction_session_timeout', '''60s'''),
      ('supabase_storage_admin', 'search_path', 'storage'),
      ('postgres', 'search_path', '"$user", public, extensions'),
      ('supabase_admin', 'search_path', '"$user", public, auth, extensions'),
      ('tenon_clerk', 'search_path', 'clerk')
    ) as wanted (role, setting, value)
    where shobj_description(to_regrole(role), 'pg_authid') = 'made by tenon' or role = 'supabase_admin' and current_user = role
  loop
    execute format('alter role %I set %s to %s', given.role, given.setting, given.value);
  end loop;
end
$$;
-- end

-- degrades: migrations that configure the REST interface (ALTER ROLE authenticator SET pgrst.…)
-- needs: superuser
-- grant: grant set on parameter "pgrst.db_schemas" to postgres; -- and so on, as a superuser
-- unless: (select rolsuper from pg_roles where rolname = 'postgres') is not false or not (select rolsuper from pg_roles where rolname = current_user)
grant set on parameter
  "pgrst.db_schemas", "pgrst.db_extra_search_path", "pgrst.db_max_rows", "pgrst.db_pre_request",
  "pgrst.db_aggregates_enabled", "pgrst.db_plan_enabled", "pgrst.db_tx_end", "pgrst.db_anon_role",
  "pgrst.jwt_aud", "pgrst.jwt_role_claim_key", "pgrst.openapi_mode", "pgrst.openapi_security_active",
  "pgrst.server_timing_enabled", "pgrst.server_cors_allowed_origins", "pgrst.server_trace_header",
  "app.settings.jwt_secret", "app.settings.jwt_exp"
to postgres;
-- end
