-- The table whose policies say who may use a private channel, and whose rows are broadcasts from the database: a
-- partition a day, and one that takes whatever no other does. The functions that a project's SQL sends with.

-- degrades: private channels, and broadcasts from the database (table realtime.messages)
-- needs: ownership of schema realtime
-- grant: grant usage, create on schema realtime to {user};
-- unless: to_regclass('realtime.messages') is not null and not pg_has_role((select relowner from pg_class where oid = to_regclass('realtime.messages')), 'USAGE')
create table if not exists realtime.messages (
  topic text not null,
  extension text not null,
  payload jsonb,
  event text,
  private boolean default false,
  updated_at timestamp not null default timezone('utc', now()),
  inserted_at timestamp not null default timezone('utc', now()),
  id uuid not null default gen_random_uuid(),
  binary_payload bytea,
  primary key (id, inserted_at),
  constraint messages_payload_exclusive check (payload is null or binary_payload is null)
) partition by range (inserted_at);

create table if not exists realtime.messages_default partition of realtime.messages default;
create index if not exists messages_inserted_at_topic_index on realtime.messages (inserted_at desc, topic)
  where extension = 'broadcast' and private is true;
alter table realtime.messages enable row level security;

do $$
begin
  if to_regrole('supabase_realtime_admin') is not null and pg_has_role('supabase_realtime_admin', 'MEMBER') then
    alter table realtime.messages owner to supabase_realtime_admin;
    alter table realtime.messages_default owner to supabase_realtime_admin;
  end if;
end
$$;
call tenon.grant_where_made(
  'select, insert, update on realtime.messages', 'postgres', 'anon', 'authenticated', 'service_role');
call tenon.grant_where_made('select on realtime.messages, realtime.messages_default', 'supabase_read_only_user');
-- end

-- degrades: realtime.topic(), realtime.send() and realtime.broadcast_changes()
-- needs: CREATE on schema realtime
-- grant: grant usage, create on schema realtime to {user};
-- unless: to_regprocedure('realtime.topic()') is not null and not pg_has_role((select proowner from pg_proc where oid = to_regprocedure('realtime.topic()')), 'USAGE')
create or replace function realtime.topic() returns text language sql stable as $$
  select nullif(current_setting('realtime.topic', true), '')
$$;

-- A broadcast that cannot be sent must not undo the change it tells of, and so every failure is a warning.
create or replace function realtime.send(payload jsonb, event text, topic text, private boolean default true)
returns void language plpgsql as $$
declare
  message_id uuid := gen_random_uuid();
  message jsonb := payload;
begin
  if jsonb_typeof(payload) = 'object' and not payload ? 'id' then
    message := payload || jsonb_build_object('id', message_id);
  end if;
  perform set_config('realtime.topic', topic, true);
  insert into realtime.messages (id, payload, event, topic, private, extension)
  values (message_id, message, event, topic, private, 'broadcast');
exception when others then
  raise warning 'WarnSendingBroadcastMessage: %', sqlerrm;
end
$$;

create or replace function realtime.send_binary(payload bytea, event text, topic text, private boolean default true)
returns void language plpgsql as $$
begin
  perform set_config('realtime.topic', topic, true);
  insert into realtime.messages (binary_payload, event, topic, private, extension)
  values (payload, event, topic, private, 'broadcast');
exception when others then
  raise warning 'WarnSendingBroadcastMessage: %', sqlerrm;
end
$$;

-- For row triggers. A call that makes no sense is an error, other than a message that does not arrive.
create or replace function realtime.broadcast_changes(
  topic_name text,
  event_name text,
  operation text,
  table_name text,
  table_schema text,
  new record,
  old record,
  level text default 'ROW'
) returns void language plpgsql as $$
begin
  if level = 'STATEMENT' then
    raise exception 'Failed to process the row: the function serves triggers FOR EACH ROW, not FOR EACH STATEMENT';
  elsif operation not in ('INSERT', 'UPDATE', 'DELETE') or operation is null then
    raise exception 'Failed to process the row: unexpected operation type %', operation;
  end if;
  perform realtime.send(
    jsonb_build_object(
      'old_record', old, 'record', new, 'operation', operation, 'table', table_name, 'schema', table_schema),
    event_name,
    topic_name
  );
end
$$;

do $$
begin
  if to_regrole('supabase_realtime_admin') is not null and pg_has_role('supabase_realtime_admin', 'MEMBER') then
    alter function realtime.topic() owner to supabase_realtime_admin;
    alter function realtime.send(jsonb, text, text, boolean) owner to supabase_realtime_admin;
    alter function realtime.send_binary(bytea, text, text, boolean) owner to supabase_realtime_admin;
    alter function realtime.broadcast_changes(text, text, text, text, text, record, record, text)
      owner to supabase_realtime_admin;
  end if;
end
$$;
-- end

-- degrades: publication supabase_realtime_messages_publication (broadcasts from the database)
-- needs: CREATE on the database, and ownership of table realtime.messages
-- grant: create publication supabase_realtime_messages_publication for table realtime.messages with (publish = 'insert', publish_via_partition_root = true);
-- unless: exists (select from pg_publication where pubname = 'supabase_realtime_messages_publication')
create publication supabase_realtime_messages_publication for table realtime.messages
  with (publish = 'insert', publish_via_partition_root = true);
-- end
