// What people set up in their profiles: addresses that are being verified, authenticator apps that are not proven yet,
// passkeys, and the verifications that a session goes through again.

export const profileTables = /* sql */ `
alter table clerk.email_addresses add column verification_id text;
create index email_addresses_verification on clerk.email_addresses (instance_id, verification_id);
alter table clerk.phone_numbers add column verification_id text;

create table clerk.pending_totps (
  instance_id text not null,
  user_id text not null,
  secret text not null,
  created_at bigint not null,
  primary key (instance_id, user_id),
  foreign key (instance_id, user_id) references clerk.users on delete cascade
);

create table clerk.passkeys (
  instance_id text not null,
  id text not null,
  position bigint generated always as identity,
  user_id text not null,
  name text not null,
  credential_id text,
  public_key bytea,
  sign_count bigint not null default 0,
  transports text[] not null default '{}',
  verification_id text,
  last_used_at bigint,
  created_at bigint not null,
  updated_at bigint not null,
  primary key (instance_id, id),
  foreign key (instance_id, user_id) references clerk.users on delete cascade
);
create unique index passkeys_credential on clerk.passkeys (instance_id, credential_id);
create index passkeys_user on clerk.passkeys (instance_id, user_id);

create table clerk.session_verifications (
  instance_id text not null,
  session_id text not null,
  level text not null check (level in ('first_factor', 'second_factor', 'multi_factor')),
  status text not null check (status in ('needs_first_factor', 'needs_second_factor', 'complete')),
  first_verification_id text,
  second_verification_id text,
  created_at bigint not null,
  primary key (instance_id, session_id),
  foreign key (instance_id, session_id) references clerk.sessions on delete cascade
);
`
