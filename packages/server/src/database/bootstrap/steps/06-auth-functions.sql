-- What policies read of the verified token. One SQL expression each, so that the planner can inline them. The
-- settings with a claim's own name are the older form and win where a caller sets them.

-- degrades: auth.uid(), auth.role(), auth.email() and auth.jwt()
-- needs: CREATE on schema auth
-- grant: grant usage, create on schema auth to {user};
-- unless: to_regprocedure('auth.jwt()') is not null and not pg_has_role((select proowner from pg_proc where oid = to_regprocedure('auth.jwt()')), 'USAGE')
create or replace function auth.uid() returns uuid language sql stable as $$
  select coalesce(
    nullif(current_setting('request.jwt.claim.sub', true), ''),
    nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub'
  )::uuid
$$;

create or replace function auth.role() returns text language sql stable as $$
  select coalesce(
    nullif(current_setting('request.jwt.claim.role', true), ''),
    nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'role'
  )
$$;

create or replace function auth.email() returns text language sql stable as $$
  select coalesce(
    nullif(current_setting('request.jwt.claim.email', true), ''),
    nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'email'
  )
$$;

create or replace function auth.jwt() returns jsonb language sql stable as $$
  select coalesce(
    nullif(current_setting('request.jwt.claim', true), ''),
    nullif(current_setting('request.jwt.claims', true), '')
  )::jsonb
$$;

comment on function auth.uid() is 'The verified token''s sub as a uuid. Ids such as user_2abc are no uuids: use auth.jwt() ->> ''sub'' for them.';
comment on function auth.jwt() is 'All verified claims of the caller''s token, null without one.';
grant execute on function auth.uid(), auth.role(), auth.email(), auth.jwt() to public;
-- end

-- degrades: the auth functions belonging to supabase_auth_admin
-- needs: membership in supabase_auth_admin
-- grant: grant supabase_auth_admin to {user};
-- unless: to_regrole('supabase_auth_admin') is null or not pg_has_role((select proowner from pg_proc where oid = to_regprocedure('auth.jwt()')), 'USAGE')
alter function auth.uid() owner to supabase_auth_admin;
alter function auth.role() owner to supabase_auth_admin;
alter function auth.email() owner to supabase_auth_admin;
alter function auth.jwt() owner to supabase_auth_admin;
-- end
