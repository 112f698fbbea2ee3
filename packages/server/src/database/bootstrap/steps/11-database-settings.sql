-- Settings that SQL of a project may read. They belong to the database and are not copied by CREATE DATABASE.

-- degrades: settings app.settings.jwt_secret and app.settings.jwt_exp
-- needs: superuser
-- grant: alter database {database} set app.settings.jwt_secret to '<the secret>'; -- as a superuser
do $$
begin
  execute format('alter database %I set app.settings.jwt_secret to %L', current_database(), current_setting('tenon.jwt_secret'));
  execute format('alter database %I set app.settings.jwt_exp to %L', current_database(), current_setting('tenon.jwt_exp'));
end
$$;
-- end
