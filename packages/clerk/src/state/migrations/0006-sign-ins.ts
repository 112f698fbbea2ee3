// People on their way in: sign-ups and sign-ins of a browser's client, whom a verification was sent to, and what an
// account counts against guessing.

export const signIns = /* sql */ `
alter table clerk.verifications add column recipient text;
create index verifications_recipient on clerk.verifications (instance_id, recipient, created_at)
  where recipient is not null;

alter table clerk.users add column failed_attempts integer not null default 0;
alter table clerk.users add column totp_last_step bigint;

create table clerk.sign_ups (
  instance_id text not null,
  id text not null,
  client_id text not null,
  email_address text,
  phone_number text,
  username text,
  first_name text,
  last_name text,
  password_digest text,
  password_hasher text,
  unsafe_metadata jsonb not null default '{}',
  locale text,
  legal_accepted_at bigint,
  ticket text,
  email_verification_id text,
  phone_verification_id text,
  external_verification_id text,
  created_user_id text,
  created_session_id text,
  abandon_at bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  primary key (instance_id, id),
  foreign key (instance_id, client_id) references clerk.clients on delete cascade
);
create index sign_ups_client on clerk.sign_ups (instance_id, client_id);
create index sign_ups_email_verification on clerk.sign_ups (instance_id, email_verification_id);

create table clerk.sign_ins (
  instance_id text not null,
  id text not null,
  client_id text not null,
  status text not null check (status in (
    'needs_identifier', 'needs_first_factor', 'needs_second_factor', 'needs_new_password', 'complete')),
  identifier text,
  user_id text,
  first_verification_id text,
  second_verification_id text,
  created_session_id text,
  abandon_at bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  primary key (instance_id, id),
  foreign key (instance_id, client_id) references clerk.clients on delete cascade,
  foreign key (instance_id, user_id) references clerk.users on delete cascade
);
create index sign_ins_client on clerk.sign_ins (instance_id, client_id);
create index sign_ins_user on clerk.sign_ins (instance_id, user_id);
create index sign_ins_first_verification on clerk.sign_ins (instance_id, first_verification_id);
`
