// What leads into an organization: invitations, domains whose people may join, suggestions and requests; and the one
// role set an instance has. A code that proves an affiliation is kept as a digest.

export const organizationEntries = /* sql */ `
alter table clerk.organization_memberships drop constraint organization_memberships_role;
alter table clerk.organization_memberships add constraint organization_memberships_role
  foreign key (instance_id, role) references clerk.roles (instance_id, key) on update cascade;

create table clerk.organization_domains (
  instance_id text not null,
  id text not null,
  position bigint generated always as identity,
  organization_id text not null,
  name text not null,
  enrollment_mode text not null
    check (enrollment_mode in ('manual_invitation', 'automatic_invitation', 'automatic_suggestion')),
  affiliation_email_address text,
  affiliation_status text check (affiliation_status in ('unverified', 'verified')),
  affiliation_strategy text,
  affiliation_code_digest bytea,
  affiliation_attempts integer not null default 0,
  affiliation_expire_at bigint,
  affiliation_verified_at bigint,
  ownership_verified_at bigint,
  created_at bigint not null,
  updated_at bigint not null,
  primary key (instance_id, id),
  constraint organization_domains_once unique (instance_id, organization_id, name),
  foreign key (instance_id, organization_id) references clerk.organizations on delete cascade
);
create unique index organization_domains_verified on clerk.organization_domains (instance_id, name)
  where affiliation_status = 'verified' or ownership_verified_at is not null;

create table clerk.organization_invitations (
  instance_id text not null,
  id text not null,
  position bigint generated always as identity,
  organization_id text not null,
  email_address text not null,
  role text not null,
  status text not null check (status in ('pending', 'accepted', 'revoked', 'expired')),
  inviter_user_id text,
  domain_id text,
  accepted_user_id text,
  redirect_url text,
  public_metadata jsonb not null default '{}',
  private_metadata jsonb not null default '{}',
  expires_at bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  primary key (instance_id, id),
  constraint organization_invitations_role foreign key (instance_id, role)
    references clerk.roles (instance_id, key) on update cascade,
  foreign key (instance_id, organization_id) references clerk.organizations on delete cascade,
  foreign key (instance_id, inviter_user_id) references clerk.users on delete set null (inviter_user_id),
  foreign key (instance_id, accepted_user_id) references clerk.users on delete set null (accepted_user_id),
  foreign key (instance_id, domain_id) references clerk.organization_domains on delete set null (domain_id)
);
create unique index organization_invitations_pending
  on clerk.organization_invitations (instance_id, organization_id, email_address) where status = 'pending';
create index organization_invitations_email on clerk.organization_invitations (instance_id, email_address);

create table clerk.organization_suggestions (
  instance_id text not null,
  id text not null,
  position bigint generated always as identity,
  organization_id text not null,
  domain_id text not null,
  user_id text not null,
  status text not null check (status in ('pending', 'accepted')),
  created_at bigint not null,
  updated_at bigint not null,
  primary key (instance_id, id),
  constraint organization_suggestions_once unique (instance_id, organization_id, user_id),
  foreign key (instance_id, organization_id) references clerk.organizations on delete cascade,
  foreign key (instance_id, domain_id) references clerk.organization_domains on delete cascade,
  foreign key (instance_id, user_id) references clerk.users on delete cascade
);
create index organization_suggestions_user on clerk.organization_suggestions (instance_id, user_id);

create table clerk.organization_membership_requests (
  instance_id text not null,
  id text not null,
  position bigint generated always as identity,
  organization_id text not null,
  user_id text not null,
  status text not null check (status in ('pending', 'accepted', 'rejected')),
  created_at bigint not null,
  updated_at bigint not null,
  primary key (instance_id, id),
  foreign key (instance_id, organization_id) references clerk.organizations on delete cascade,
  foreign key (instance_id, user_id) references clerk.users on delete cascade
);
create unique index organization_membership_requests_pending
  on clerk.organization_membership_requests (instance_id, organization_id, user_id) where status = 'pending';

create table clerk.role_sets (
  instance_id text not null references clerk.instances on delete cascade,
  id text not null,
  key text not null,
  name text not null,
  description text,
  created_at bigint not null,
  updated_at bigint not null,
  primary key (instance_id),
  constraint role_sets_key unique (instance_id, key)
);
`
