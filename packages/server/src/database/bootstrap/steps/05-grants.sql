-- Who may use which schema. Tables and functions come by default privileges, in a step of their own.

-- degrades: usage of schema public
-- needs: ownership of schema public
-- grant: grant usage on schema public to postgres, anon, authenticated, service_role with grant option;
grant usage on schema public to postgres, anon, authenticated, service_role;
grant create on schema public to postgres;
-- end

-- degrades: usage of schema extensions
-- needs: ownership of schema extensions
-- grant: grant usage on schema extensions to postgres, anon, authenticated, service_role;
grant usage on schema extensions to postgres, anon, authenticated, service_role;
grant create on schema extensions to postgres;
-- end

-- degrades: usage of schemas auth, graphql_public, storage and realtime
-- needs: ownership of these schemas
-- grant: grant usage on schema auth, graphql_public, storage, realtime to postgres, anon, authenticated, service_role;
grant usage on schema auth, graphql_public, storage, realtime to postgres, anon, authenticated, service_role;
-- Policies read auth.jwt() as whatever role the token names, also one that a project made for itself.
grant usage on schema auth to public;
-- end

-- degrades: schema clerk closed to everybody but its owner
-- needs: ownership of schema clerk
-- grant: revoke all on schema clerk from public;
revoke all on schema clerk from public, anon, authenticated, service_role, authenticator;
grant all on schema clerk to tenon_clerk;
-- end
