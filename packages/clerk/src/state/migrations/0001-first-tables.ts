// The first tables. Times are Unix milliseconds, as on the wire. Every table carries its instance, and
// every key and foreign key begins with it. `position` breaks ties between rows of one millisecond.

export const firstTables = /* sql */ `
create table clerk.instances (
  id text primary key,
  name text not null unique,
  settings jsonb not null default '{}',
  created_at bigint not null,
  updated_at bigint not null
);

create table clerk.signing_keys (
  instance_id text not null references clerk.instances on delete cascade,
  kid text not null,
  private_key text not null,
  current boolean not null,
  created_at bigint not null,
  primary key (instance_id, kid)
);
create unique index signing_keys_one_current on clerk.signing_keys (instance_id) where current;

create table clerk.users (
  instance_id text not null references clerk.instances on delete cascade,
  id text not null,
  position bigint generated always as identity,
  external_id text,
  username text,
  first_name text,
  last_name text,
  locale text,
  timezone text,
  password_digest text,
  password_hasher text,
  password_last_updated_at bigint,
  totp_secret text,
  mfa_enabled_at bigint,
  mfa_disabled_at bigint,
  primary_email_address_id text,
  primary_phone_number_id text,
  public_metadata jsonb not null default '{}',
  private_metadata jsonb not null default '{}',
  unsafe_metadata jsonb not null default '{}',
  banned boolean not null default false,
  locked_until bigint,
  delete_self_enabled boolean not null default true,
  create_organization_enabled boolean not null default true,
  create_organizations_limit integer,
  bypass_client_trust boolean not null default false,
  legal_accepted_at bigint,
  last_sign_in_at bigint,
  last_active_at bigint,
  created_at bigint not null,
  updated_at bigint not null,
  primary key (instance_id, id)
);
create unique index users_external_id on clerk.users (instance_id, external_id);
create unique index users_username on clerk.users (instance_id, lower(username));
create index users_newest on clerk.users (instance_id, created_at desc, position desc);

create table clerk.email_addresses (
  instance_id text not null,
  id text not null,
  position bigint generated always as identity,
  user_id text not null,
  email_address text not null,
  reserved boolean not null default false,
  verification_status text,
  verification_strategy text,
  created_at bigint not null,
  updated_at bigint not null,
  primary key (instance_id, id),
  foreign key (instance_id, user_id) references clerk.users on delete cascade
);
create unique index email_addresses_claimed on clerk.email_addresses (instance_id, email_address)
  where verification_status = 'verified' or reserved;
create unique index email_addresses_once_a_user on clerk.email_addresses (instance_id, user_id, email_address);

create table clerk.phone_numbers (
  instance_id text not null,
  id text not null,
  position bigint generated always as identity,
  user_id text not null,
  phone_number text not null,
  reserved boolean not null default false,
  reserved_for_second_factor boolean not null default false,
  default_second_factor boolean not null default false,
  verification_status text,
  verification_strategy text,
  created_at bigint not null,
  updated_at bigint not null,
  primary key (instance_id, id),
  foreign key (instance_id, user_id) references clerk.users on delete cascade
);
create unique index phone_numbers_claimed on clerk.phone_numbers (instance_id, phone_number)
  where verification_status = 'verified' or reserved;
create unique index phone_numbers_once_a_user on clerk.phone_numbers (instance_id, user_id, phone_number);

create table clerk.permissions (
  instance_id text not null references clerk.instances on delete cascade,
  id text not null,
  key text not null,
  name text not null,
  description text not null default '',
  type text not null check (type in ('system', 'user')),
  created_at bigint not null,
  updated_at bigint not null,
  primary key (instance_id, id),
  constraint permissions_key unique (instance_id, key)
);

create table clerk.roles (
  instance_id text not null references clerk.instances on delete cascade,
  id text not null,
  key text not null,
  name text not null,
  description text,
  is_creator_eligible boolean not null default false,
  created_at bigint not null,
  updated_at bigint not null,
  primary key (instance_id, id),
  constraint roles_key unique (instance_id, key)
);

create table clerk.role_permissions (
  instance_id text not null,
  role_id text not null,
  permission_id text not null,
  primary key (instance_id, role_id, permission_id),
  foreign key (instance_id, role_id) references clerk.roles on delete cascade,
  foreign key (instance_id, permission_id) references clerk.permissions on delete cascade
);

create table clerk.organizations (
  instance_id text not null references clerk.instances on delete cascade,
  id text not null,
  position bigint generated always as identity,
  name text not null,
  slug text not null,
  public_metadata jsonb not null default '{}',
  private_metadata jsonb not null default '{}',
  max_allowed_memberships integer not null,
  admin_delete_enabled boolean not null default true,
  created_by text,
  created_at bigint not null,
  updated_at bigint not null,
  primary key (instance_id, id),
  constraint organizations_slug unique (instance_id, slug)
);

create table clerk.organization_memberships (
  instance_id text not null,
  id text not null,
  position bigint generated always as identity,
  organization_id text not null,
  user_id text not null,
  role text not null,
  public_metadata jsonb not null default '{}',
  private_metadata jsonb not null default '{}',
  created_at bigint not null,
  updated_at bigint not null,
  primary key (instance_id, id),
  constraint organization_memberships_once unique (instance_id, organization_id, user_id),
  constraint organization_memberships_role foreign key (instance_id, role) references clerk.roles (instance_id, key),
  foreign key (instance_id, organization_id) references clerk.organizations on delete cascade,
  foreign key (instance_id, user_id) references clerk.users on delete cascade
);
create index organization_memberships_user on clerk.organization_memberships (instance_id, user_id);

create table clerk.sessions (
  instance_id text not null,
  id text not null,
  position bigint generated always as identity,
  user_id text not null,
  client_id text not null,
  status text not null,
  actor jsonb,
  active_organization_id text,
  first_factor_verified_at bigint,
  second_factor_verified_at bigint,
  last_active_at bigint not null,
  expire_at bigint not null,
  abandon_at bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  primary key (instance_id, id),
  foreign key (instance_id, user_id) references clerk.users on delete cascade,
  foreign key (instance_id, active_organization_id) references clerk.organizations
    on delete set null (active_organization_id)
);
create index sessions_user on clerk.sessions (instance_id, user_id);
create index sessions_client on clerk.sessions (instance_id, client_id);

create table clerk.jwt_templates (
  instance_id text not null references clerk.instances on delete cascade,
  id text not null,
  position bigint generated always as identity,
  name text not null,
  claims json not null,
  lifetime integer not null,
  allowed_clock_skew integer not null,
  custom_signing_key boolean not null,
  signing_algorithm text not null,
  signing_key text,
  created_at bigint not null,
  updated_at bigint not null,
  primary key (instance_id, id),
  constraint jwt_templates_name unique (instance_id, name)
);

create table clerk.sign_in_tokens (
  instance_id text not null,
  id text not null,
  user_id text not null,
  status text not null check (status in ('pending', 'accepted', 'revoked')),
  expires_at bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  primary key (instance_id, id),
  foreign key (instance_id, user_id) references clerk.users on delete cascade
);
`
