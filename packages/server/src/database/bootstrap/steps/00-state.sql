-- The server's own schema, and in it the record of which step was applied with which digest.

create schema if not exists tenon;
revoke all on schema tenon from public;

create table if not exists tenon.bootstrap (
  version text primary key,
  digest text not null,
  degradations jsonb not null default '[]',
  applied_at timestamptz not null default now()
);
