-- Passwords of the login roles, from the setting `tenon.passwords` (a JSON object by role). Only roles made by us.

-- degrades: logging in as the server's own roles (the given user stands in for them)
-- needs: CREATEROLE | ADMIN OPTION on the server's roles, which another user made
-- grant: alter role {user} createrole; | grant {roles} to {user} with admin option; -- as their maker or a superuser
do $$
declare
  login record;
begin
  for login in
    select key as role, value as password
    from jsonb_each_text(current_setting('tenon.passwords')::jsonb)
    where shobj_description(to_regrole(key), 'pg_authid') = 'made by tenon'
  loop
    execute format('alter role %I password %L', login.role, login.password);
  end loop;
end
$$;
-- end
