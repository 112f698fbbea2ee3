-- What Realtime itself does to realtime.messages: asks what its policies allow, and keeps its partitions. Only the
-- server's own login may call any of it.

-- degrades: private channels (asking the policies on realtime.messages), and their messages' retention
-- needs: membership in the owner of realtime.messages
-- grant: grant supabase_realtime_admin to {user};
-- unless: to_regclass('realtime.messages') is null
create or replace function tenon.place_probes(probed_topic text, out broadcast_probe uuid, out presence_probe uuid)
language plpgsql security definer set search_path = '' as $$
begin
  broadcast_probe := pg_catalog.gen_random_uuid();
  presence_probe := pg_catalog.gen_random_uuid();
  insert into realtime.messages (id, topic, extension)
  values (broadcast_probe, probed_topic, 'broadcast'), (presence_probe, probed_topic, 'presence');
end
$$;

-- Becomes the role that asks and lets Postgres itself apply the policies: to rows that are there, and to rows that
-- would come. It must not be SECURITY DEFINER, where Postgres changes no roles, and it has to be rolled back.
create or replace function tenon.channel_access(
  asking_role text,
  asked_topic text,
  out broadcast_read boolean,
  out presence_read boolean,
  out broadcast_write boolean,
  out presence_write boolean,
  out write_failure text
) language plpgsql as $$
declare
  probes record;
begin
  select * into probes from tenon.place_probes(asked_topic);
  perform set_config('role', asking_role, true);
  select coalesce(bool_or(id = probes.broadcast_probe), false), coalesce(bool_or(id = probes.presence_probe), false)
  into broadcast_read, presence_read
  from realtime.messages
  where id in (probes.broadcast_probe, probes.presence_probe) and inserted_at = timezone('utc', now());
  broadcast_write := false;
  presence_write := false;
  begin
    insert into realtime.messages (topic, extension) values (asked_topic, 'broadcast');
    broadcast_write := true;
  exception
    when insufficient_privilege then null;
    when others then write_failure := sqlerrm;
  end;
  begin
    insert into realtime.messages (topic, extension) values (asked_topic, 'presence');
    presence_write := true;
  exception
    when insufficient_privilege then null;
    when others then write_failure := sqlerrm;
  end;
end
$$;

-- Makes the partitions of today and the next two days, and drops those of more than `kept_days` ago. A day of which
-- the default partition holds rows already stays there. Does nothing while another process is at it, and gives up soon
-- where somebody holds the table, since whoever sends would wait behind it.
create or replace function tenon.keep_messages(today date, kept_days int, out made int, out dropped int)
language plpgsql security definer set search_path = '' set lock_timeout = '500ms' as $$
declare
  day date;
  partition_name text;
begin
  made := 0;
  dropped := 0;
  if not pg_catalog.pg_try_advisory_xact_lock(pg_catalog.hashtext('tenon.messages')) then
    return;
  end if;
  for day in select today + ahead from pg_catalog.generate_series(0, 2) as ahead loop
    partition_name := 'messages_' || pg_catalog.to_char(day, 'YYYY_MM_DD');
    continue when pg_catalog.to_regclass('realtime.' || partition_name) is not null;
    begin
      execute pg_catalog.format(
        'create table realtime.%I partition of realtime.messages for values from (%L) to (%L)',
        partition_name, day, day + 1);
      made := made + 1;
    exception when check_violation or invalid_object_definition then null;
    end;
  end loop;
  for partition_name in
    select relname from pg_catalog.pg_inherits
    join pg_catalog.pg_class on pg_class.oid = inhrelid
    where inhparent = 'realtime.messages'::pg_catalog.regclass
      and relname ~ '^messages_\d{4}_\d\d_\d\d$'
      and relname < 'messages_' || pg_catalog.to_char(today - kept_days, 'YYYY_MM_DD')
  loop
    execute pg_catalog.format('drop table realtime.%I', partition_name);
    dropped := dropped + 1;
  end loop;
  delete from realtime.messages_default where inserted_at < today - kept_days;
end
$$;

revoke all on function tenon.place_probes(text), tenon.channel_access(text, text), tenon.keep_messages(date, int)
  from public;
call tenon.grant_where_made('usage on schema tenon', 'authenticator');
call tenon.grant_where_made(
  'execute on function tenon.place_probes(text), tenon.channel_access(text, text), tenon.keep_messages(date, int)',
  'authenticator');
do $$
declare
  owner text := (select relowner::regrole from pg_class where oid = 'realtime.messages'::regclass);
begin
  if (select rolsuper from pg_roles where rolname = current_user) then
    execute format('alter function tenon.place_probes(text) owner to %s', owner);
    execute format('alter function tenon.keep_messages(date, int) owner to %s', owner);
  end if;
end
$$;
-- end
