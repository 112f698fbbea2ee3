-- Third-party monthly active users: whether a person was seen in a month (UTC), and nothing else about her.
-- The hash is keyed with a salt of this installation, so that it cannot be recomputed elsewhere from a known id.

create table if not exists tenon.monthly_active_users (
  month date not null,
  user_hash bytea not null,
  issuer text not null,
  primary key (month, user_hash)
);

create table if not exists tenon.active_user_salt (
  only_row boolean primary key default true check (only_row),
  salt bytea not null
);

alter table tenon.monthly_active_users enable row level security;
alter table tenon.active_user_salt enable row level security;
revoke all on tenon.monthly_active_users, tenon.active_user_salt from public;
