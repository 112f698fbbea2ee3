-- The publication whose tables Realtime announces. Empty at first; role postgres adds tables to it.

-- degrades: publication supabase_realtime (Realtime's Postgres Changes)
-- needs: CREATE on the database
-- grant: grant create on database {database} to {user};
do $$
begin
  if not exists (select from pg_publication where pubname = 'supabase_realtime') then
    create publication supabase_realtime;
  end if;
  -- Migrations run as role postgres where the bootstrap made one, and they add their tables.
  if current_setting('tenon.owned') = 'on' or exists (
    select from pg_publication, pg_roles
    where pubname = 'supabase_realtime' and pubowner = current_user::regrole
      and rolname = 'postgres' and shobj_description(pg_roles.oid, 'pg_authid') = 'made by tenon'
      and has_database_privilege(rolname, current_database(), 'CREATE')
      and pg_has_role(rolname, case when current_setting('server_version_num')::int < 160000 then 'MEMBER' else 'SET' end)
  ) then
    alter publication supabase_realtime owner to postgres;
  end if;
end
$$;
-- end
