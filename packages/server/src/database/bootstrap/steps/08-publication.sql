-- The publication whose tables Realtime announces. Empty at first; role postgres adds tables to it.

-- degrades: publication supabase_realtime (Realtime's Postgres Changes)
-- needs: CREATE on the database
-- grant: grant create on database {database} to {user};
do $$
begin
  if not exists (select from pg_publication where pubname = 'supabase_realtime') then
    create publication supabase_realtime;
  end if;
  if current_setting('tenon.owned') = 'on' then
    alter publication supabase_realtime owner to postgres;
  end if;
end
$$;
-- end
