// What has been told to the outside: which messages are sent, who wants events, and each event's way to each of
// them. A delivery is one event for one endpoint; it is made with the event, and its attempts are logged.

export const deliveries = /* sql */ `
alter table clerk.messages add column delivered_at bigint;
create index messages_undelivered on clerk.messages (position) where delivered_at is null;

create table clerk.webhook_endpoints (
  instance_id text not null references clerk.instances on delete cascade,
  id text not null,
  position bigint generated always as identity,
  configured_as text,
  url text not null,
  description text not null default '',
  secret text not null,
  event_types text[] not null default '{}',
  enabled boolean not null default true,
  failing_since bigint,
  disabled_at bigint,
  created_at bigint not null,
  updated_at bigint not null,
  primary key (instance_id, id)
);
create unique index webhook_endpoints_configured on clerk.webhook_endpoints (instance_id, configured_as);

create table clerk.webhook_deliveries (
  instance_id text not null,
  endpoint_id text not null,
  event_id text not null,
  event_position bigint not null,
  status text not null check (status in ('pending', 'delivered', 'failed')),
  attempts integer not null default 0,
  due_at bigint not null,
  leased_until bigint not null default 0,
  primary key (instance_id, endpoint_id, event_id),
  foreign key (instance_id, endpoint_id) references clerk.webhook_endpoints on delete cascade,
  foreign key (instance_id, event_id) references clerk.events on delete cascade
);
create index webhook_deliveries_pending on clerk.webhook_deliveries (instance_id, endpoint_id, event_position)
  where status = 'pending';
create index webhook_deliveries_event on clerk.webhook_deliveries (instance_id, event_id);

create table clerk.webhook_attempts (
  instance_id text not null,
  endpoint_id text not null,
  event_id text not null,
  position bigint generated always as identity,
  number integer not null,
  outcome text not null check (outcome in ('delivered', 'refused', 'unreachable')),
  response_status integer,
  response_excerpt text not null,
  duration_ms integer not null,
  created_at bigint not null,
  primary key (instance_id, position),
  foreign key (instance_id, endpoint_id, event_id) references clerk.webhook_deliveries on delete cascade
);
create index webhook_attempts_delivery on clerk.webhook_attempts (instance_id, endpoint_id, event_id);
`
