-- Who may use which schema. Tables and functions come by default privileges, in a step of their own.

-- degrades: usage of schema public
-- needs: ownership of schema public
-- grant: grant usage on schema public to postgres, anon, authenticated, service_role with grant option;
call tenon.grant_where_made('usage on schema public', 'postgres', 'anon', 'authenticated', 'service_role');
call tenon.grant_where_made('create on schema public', 'postgres');
-- end

-- degrades: usage of schema extensions
-- needs: ownership of schema extensions
-- grant: grant usage on schema extensions to postgres, anon, authenticated, service_role;
call tenon.grant_where_made('usage on schema extensions', 'postgres', 'anon', 'authenticated', 'service_role');
call tenon.grant_where_made('create on schema extensions', 'postgres');
-- end

-- degrades: usage of schemas auth, graphql_public, storage and realtime
-- needs: ownership of these schemas
-- grant: grant usage on schema auth, graphql_public, storage, realtime to postgres, anon, authenticated, service_role;
call tenon.grant_where_made(
  'usage on schema auth, graphql_public, storage, realtime', 'postgres', 'anon', 'authenticated', 'service_role');
-- end

-- degrades: policies that read auth.jwt() as any role
-- needs: ownership of schema auth
-- grant: grant usage on schema auth to public;
-- Policies read auth.jwt() as whatever role the token names, also one that a project made for itself.
grant usage on schema auth to public;
-- end

-- degrades: schema clerk closed to everybody but its owner
-- needs: ownership of schema clerk
-- grant: revoke all on schema clerk from public;
revoke all on schema clerk from public;
call tenon.grant_where_made('all on schema clerk', 'tenon_clerk');
-- end
