-- The server's own schema, and in it the record of which step was applied with which digest.

create schema if not exists tenon;
revoke all on schema tenon from public;

-- Grants to those of the roles that exist, as where roles could not be made the rest must come about all the same.
create or replace procedure tenon.grant_where_made(privileges text, variadic roles text[]) language plpgsql as $$
declare
  receivers text := (select string_agg(quote_ident(rolname), ', ') from pg_roles where rolname = any (roles));
begin
  if receivers is not null then
    execute format('grant %s to %s', privileges, receivers);
  end if;
end
$$;

create table if not exists tenon.bootstrap (
  version text primary key,
  digest text not null,
  degradations jsonb not null default '[]',
  applied_at timestamptz not null default now()
);
