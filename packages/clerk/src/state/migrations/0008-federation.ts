// Signing in with others: the accounts that people have elsewhere, the ways there that are under way, and what the
// stand-in providers hand out. Tokens of other providers are kept as they are, because they are handed on; what leads
// back to us is kept as a digest.

export const federation = /* sql */ `
create table clerk.external_accounts (
  instance_id text not null references clerk.instances on delete cascade,
  id text not null,
  position bigint generated always as identity,
  identification_id text not null,
  user_id text,
  strategy text not null,
  provider_user_id text not null,
  email_address text,
  email_verified boolean,
  first_name text,
  last_name text,
  username text,
  image_url text,
  approved_scopes text not null default '',
  access_token text,
  access_token_expires_at bigint,
  refresh_token text,
  id_token text,
  public_metadata jsonb not null default '{}',
  label text,
  verification_status text not null check (verification_status in ('unverified', 'verified', 'failed')),
  verification_error jsonb,
  verification_url text,
  created_at bigint not null,
  updated_at bigint not null,
  primary key (instance_id, id),
  foreign key (instance_id, user_id) references clerk.users on delete cascade
);
create unique index external_accounts_owner on clerk.external_accounts (instance_id, strategy, provider_user_id)
  where user_id is not null and verification_status = 'verified';
create index external_accounts_user on clerk.external_accounts (instance_id, user_id);

create table clerk.oauth_flows (
  instance_id text not null,
  state_digest bytea not null,
  client_id text not null,
  strategy text not null,
  purpose text not null check (purpose in ('sign_in', 'sign_up', 'connect')),
  subject_id text not null,
  redirect_url text not null,
  complete_url text,
  callback_url text not null,
  code_verifier text not null,
  nonce text not null,
  expires_at bigint not null,
  primary key (instance_id, state_digest),
  foreign key (instance_id, client_id) references clerk.clients on delete cascade
);

create table clerk.fake_grants (
  instance_id text not null references clerk.instances on delete cascade,
  secret_digest bytea not null,
  kind text not null check (kind in ('code', 'access', 'refresh')),
  detail jsonb not null,
  expires_at bigint not null,
  primary key (instance_id, secret_digest)
);
`
