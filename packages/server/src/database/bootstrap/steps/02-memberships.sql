-- Who may become whom, and the settings a role brings along. Comes after the attributes: since Postgres 16 a
-- membership inherits or not by what the member's INHERIT said at the time of the grant.

-- degrades: becoming the role that a token names
-- needs: ADMIN OPTION on anon, authenticated and service_role
-- grant: grant anon, authenticated, service_role to {user} with admin option;
grant anon, authenticated, service_role to authenticator;

do $$
declare
  owned text;
begin
  -- Whoever runs this without being a superuser needs the roles to hand objects over to them.
  if not (select rolsuper from pg_roles where rolname = current_user) then
    foreach owned in array array[
      'anon', 'authenticated', 'service_role',
      'supabase_auth_admin', 'supabase_storage_admin', 'supabase_realtime_admin', 'tenon_clerk'
    ] || array(
      select rolname::text from pg_roles
      where rolname = 'postgres' and shobj_description(oid, 'pg_authid') = 'made by tenon'
    ) loop
      if not pg_has_role(current_user, owned, 'MEMBER') or current_setting('server_version_num')::int >= 160000 then
        execute format('grant %I to current_user', owned);
      end if;
    end loop;
  end if;
end
$$;
-- end

-- degrades: role postgres standing in for the owners of schemas storage and realtime
-- needs: ADMIN OPTION on these roles
-- grant: grant supabase_storage_admin, supabase_realtime_admin to postgres;
do $$
begin
  if current_user <> 'postgres' and not (select rolsuper from pg_roles where rolname = 'postgres') then
    -- Migrations set roles up: ALTER ROLE authenticator SET …, GRANT authenticated TO …
    grant anon, authenticated, service_role, authenticator to postgres with admin option;
    grant supabase_storage_admin, supabase_realtime_admin to postgres;
  end if;
end
$$;
grant authenticator to supabase_storage_admin;
-- end

-- degrades: role postgres watching and reading every schema
-- needs: ADMIN OPTION on the predefined roles
-- grant: grant pg_monitor, pg_read_all_data, pg_signal_backend to postgres;
do $$
begin
  if not (select rolsuper from pg_roles where rolname = 'postgres') and current_user <> 'postgres' then
    grant pg_monitor, pg_read_all_data, pg_signal_backend to postgres;
  end if;
end
$$;
grant pg_read_all_data to supabase_read_only_user;
-- end

-- degrades: time limits and search paths of the roles
-- needs: CREATEROLE, or ADMIN OPTION on the roles
-- grant: alter role {user} createrole;
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
-- unless: (select rolsuper from pg_roles where rolname = 'postgres') or not (select rolsuper from pg_roles where rolname = current_user)
grant set on parameter
  "pgrst.db_schemas", "pgrst.db_extra_search_path", "pgrst.db_max_rows", "pgrst.db_pre_request",
  "pgrst.db_aggregates_enabled", "pgrst.db_plan_enabled", "pgrst.db_tx_end", "pgrst.db_anon_role",
  "pgrst.jwt_aud", "pgrst.jwt_role_claim_key", "pgrst.openapi_mode", "pgrst.openapi_security_active",
  "pgrst.server_timing_enabled", "pgrst.server_cors_allowed_origins", "pgrst.server_trace_header",
  "app.settings.jwt_secret", "app.settings.jwt_exp"
to postgres;
-- end
