// What operators administer: invitations and waiting lists, who may come in, impersonation, redirect URLs, domains,
// and the applications that the instance is an OAuth server for. Codes, secrets and tokens are kept as digests.

export const administration = /* sql */ `
alter table clerk.users add column password_compromised_at bigint;

create table clerk.backup_codes (
  instance_id text not null,
  user_id text not null,
  code_digest bytea not null,
  created_at bigint not null,
  primary key (instance_id, user_id, code_digest),
  foreign key (instance_id, user_id) references clerk.users on delete cascade
);

create table clerk.invitations (
  instance_id text not null references clerk.instances on delete cascade,
  id text not null,
  position bigint generated always as identity,
  email_address text not null,
  public_metadata jsonb not null default '{}',
  redirect_url text,
  status text not null check (status in ('pending', 'accepted', 'revoked')),
  expires_at bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  primary key (instance_id, id)
);
create index invitations_email on clerk.invitations (instance_id, email_address);

create table clerk.actor_tokens (
  instance_id text not null,
  id text not null,
  user_id text not null,
  actor jsonb not null,
  session_lifetime bigint not null,
  status text not null check (status in ('pending', 'accepted', 'revoked')),
  expires_at bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  primary key (instance_id, id),
  foreign key (instance_id, user_id) references clerk.users on delete cascade
);

create table clerk.listed_identifiers (
  instance_id text not null references clerk.instances on delete cascade,
  id text not null,
  position bigint generated always as identity,
  list text not null check (list in ('allowlist', 'blocklist')),
  identifier text not null,
  identifier_type text not null,
  invitation_id text,
  created_at bigint not null,
  updated_at bigint not null,
  primary key (instance_id, id),
  constraint listed_identifiers_once unique (instance_id, list, identifier)
);

create table clerk.redirect_urls (
  instance_id text not null references clerk.instances on delete cascade,
  id text not null,
  position bigint generated always as identity,
  url text not null,
  created_at bigint not null,
  updated_at bigint not null,
  primary key (instance_id, id),
  constraint redirect_urls_once unique (instance_id, url)
);

create table clerk.waitlist_entries (
  instance_id text not null references clerk.instances on delete cascade,
  id text not null,
  position bigint generated always as identity,
  email_address text not null,
  status text not null check (status in ('pending', 'invited', 'rejected', 'completed')),
  invitation_id text,
  invited_at bigint,
  created_at bigint not null,
  updated_at bigint not null,
  primary key (instance_id, id),
  constraint waitlist_entries_once unique (instance_id, email_address)
);

create table clerk.satellite_domains (
  instance_id text not null references clerk.instances on delete cascade,
  id text not null,
  position bigint generated always as identity,
  name text not null,
  proxy_url text,
  created_at bigint not null,
  updated_at bigint not null,
  primary key (instance_id, id),
  constraint satellite_domains_name unique (instance_id, name)
);

create table clerk.oauth_applications (
  instance_id text not null references clerk.instances on delete cascade,
  id text not null,
  position bigint generated always as identity,
  name text not null,
  client_id text not null,
  secret_digest bytea,
  client_uri text,
  logo_image_id text,
  dynamically_registered boolean not null default false,
  consent_screen_enabled boolean not null default true,
  pkce_required boolean not null default false,
  public boolean not null default false,
  scopes text not null,
  redirect_uris text[] not null,
  created_at bigint not null,
  updated_at bigint not null,
  primary key (instance_id, id),
  constraint oauth_applications_client unique (instance_id, client_id)
);

create table clerk.oauth_consents (
  instance_id text not null,
  application_id text not null,
  user_id text not null,
  scopes text not null,
  created_at bigint not null,
  primary key (instance_id, application_id, user_id),
  foreign key (instance_id, application_id) references clerk.oauth_applications on delete cascade,
  foreign key (instance_id, user_id) references clerk.users on delete cascade
);

create table clerk.oauth_codes (
  instance_id text not null,
  code_digest bytea not null,
  grant_id text not null,
  application_id text not null,
  user_id text not null,
  redirect_uri text not null,
  scopes text not null,
  code_challenge text,
  nonce text,
  auth_time bigint not null,
  expires_at bigint not null,
  used_at bigint,
  primary key (instance_id, code_digest),
  foreign key (instance_id, application_id) references clerk.oauth_applications on delete cascade,
  foreign key (instance_id, user_id) references clerk.users on delete cascade
);

create table clerk.oauth_tokens (
  instance_id text not null,
  id text not null,
  kind text not null check (kind in ('access', 'refresh')),
  token_digest bytea not null,
  grant_id text not null,
  application_id text not null,
  user_id text not null,
  scopes text not null,
  auth_time bigint not null,
  expires_at bigint,
  revoked_at bigint,
  created_at bigint not null,
  updated_at bigint not null,
  primary key (instance_id, id),
  constraint oauth_tokens_digest unique (instance_id, token_digest),
  foreign key (instance_id, application_id) references clerk.oauth_applications on delete cascade,
  foreign key (instance_id, user_id) references clerk.users on delete cascade
);
create index oauth_tokens_grant on clerk.oauth_tokens (instance_id, grant_id);
`
