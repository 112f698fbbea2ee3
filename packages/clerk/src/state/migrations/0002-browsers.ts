// What browsers bring: clients, the verifications they go through, pictures, and the two outboxes that tell the
// outside (events for webhooks, messages for people). Secrets that a browser or a letter carries are kept as digests.

export const browsers = /* sql */ `
alter table clerk.users add column profile_image_id text;
alter table clerk.organizations add column logo_image_id text;

create table clerk.images (
  instance_id text not null references clerk.instances on delete cascade,
  id text not null,
  content_type text not null,
  bytes bytea not null,
  created_at bigint not null,
  primary key (instance_id, id)
);

create table clerk.clients (
  instance_id text not null references clerk.instances on delete cascade,
  id text not null,
  token_digest bytea not null,
  last_active_session_id text,
  last_authentication_strategy text,
  sign_in_id text,
  sign_up_id text,
  created_at bigint not null,
  updated_at bigint not null,
  primary key (instance_id, id)
);
create unique index clients_token on clerk.clients (instance_id, token_digest);

create table clerk.dev_browsers (
  instance_id text not null references clerk.instances on delete cascade,
  token_digest bytea not null,
  client_id text,
  created_at bigint not null,
  primary key (instance_id, token_digest),
  foreign key (instance_id, client_id) references clerk.clients on delete cascade
);

create table clerk.handshakes (
  instance_id text not null references clerk.instances on delete cascade,
  nonce_digest bytea not null,
  directives jsonb not null,
  expires_at bigint not null,
  primary key (instance_id, nonce_digest)
);

create table clerk.session_activities (
  instance_id text not null,
  session_id text not null,
  id text not null,
  ip_address text,
  user_agent text,
  primary key (instance_id, session_id),
  foreign key (instance_id, session_id) references clerk.sessions on delete cascade
);

create table clerk.verifications (
  instance_id text not null references clerk.instances on delete cascade,
  id text not null,
  strategy text not null,
  status text not null check (status in ('unverified', 'verified', 'transferable', 'failed', 'expired')),
  client_id text,
  secret_digest bytea,
  attempts integer not null default 0,
  detail jsonb not null default '{}',
  error jsonb,
  expire_at bigint not null,
  created_at bigint not null,
  primary key (instance_id, id)
);
create index verifications_secret on clerk.verifications (instance_id, secret_digest);

create table clerk.events (
  instance_id text not null references clerk.instances on delete cascade,
  id text not null,
  position bigint generated always as identity,
  type text not null,
  body json not null,
  created_at bigint not null,
  primary key (instance_id, id)
);
create index events_position on clerk.events (position);

create table clerk.messages (
  instance_id text not null references clerk.instances on delete cascade,
  id text not null,
  position bigint generated always as identity,
  channel text not null check (channel in ('email', 'sms')),
  recipient text not null,
  slug text not null,
  subject text not null,
  body_text text not null,
  body_html text,
  data jsonb not null,
  created_at bigint not null,
  primary key (instance_id, id)
);
create index messages_position on clerk.messages (position);
`
