-- What the objects of a bucket with a quota come to. Counted by triggers, so that no way to change a row passes it by, and
-- that nobody adds up a million rows to add one. The row of a bucket is locked from the change to its commit: what is
-- uploaded at the same time is decided one after the other. A bucket without a quota has no row, and nothing waits for it.

-- degrades: quotas of buckets
-- needs: ownership of schema storage and its tables
-- grant: grant usage, create on schema storage to {user}; alter table storage.objects owner to {user}; alter table storage.buckets owner to {user};
create table if not exists storage.bucket_usage (
  bucket_id text primary key references storage.buckets (id) on update cascade on delete cascade,
  bytes bigint not null
);
alter table storage.bucket_usage enable row level security;

-- A row that SQL made has no version, and so no bytes.
create or replace function storage.object_bytes(version text, metadata jsonb) returns bigint language sql immutable as $$
  select case
    when version is not null and jsonb_typeof(metadata -> 'size') = 'number'
      then least(greatest((metadata ->> 'size')::numeric, 0), 9007199254740991)::bigint
    else 0
  end
$$;

-- What uploads that began within `expiry` seconds hold of a bucket, beside what is in it. Parts count as they come, but for
-- those of the upload whose version is `begun`. A resumable upload counts whole from its beginning, and not against another to
-- its name: only one of them stays, and whoever lost the address of one can but begin anew. What is in place is an object.
create or replace function storage.bytes_under_way(bucket text, name text, begun text, expiry double precision)
returns numeric language plpgsql stable set search_path = '' as $$
declare
  since timestamptz := now() - make_interval(secs => expiry);
begin
  return (
    select coalesce(sum(upload.in_progress_size), 0) from storage.s3_multipart_uploads as upload
    where upload.bucket_id = bytes_under_way.bucket and upload.created_at > since
      and upload.version is distinct from bytes_under_way.begun
      and not exists (select from storage.objects as placed where placed.version = upload.version)
  ) + (
    select coalesce(sum(upload.size), 0) from storage.resumable_uploads as upload
    where upload.bucket_id = bytes_under_way.bucket and upload.created_at > since
      and upload.completed_at is null and upload.name <> bytes_under_way.name
      and not exists (select from storage.objects as placed where placed.version = upload.version::text)
  );
end
$$;

create or replace function storage.count_bytes() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  changes jsonb;
  change record;
  counted record;
begin
  if not exists (select from storage.bucket_usage) then
    return null;
  end if;
  case tg_op
    when 'INSERT' then
      select jsonb_object_agg(bucket_id, bytes) into changes from (
        select bucket_id, sum(storage.object_bytes(version, metadata)) as bytes from added group by bucket_id
      ) as sums where bucket_id is not null;
    when 'DELETE' then
      select jsonb_object_agg(bucket_id, bytes) into changes from (
        select bucket_id, -sum(storage.object_bytes(version, metadata)) as bytes from removed group by bucket_id
      ) as sums where bucket_id is not null;
    else
      select jsonb_object_agg(bucket_id, bytes) into changes from (
        select bucket_id, sum(bytes) as bytes from (
          select bucket_id, storage.object_bytes(version, metadata) as bytes from added
          union all
          select bucket_id, -storage.object_bytes(version, metadata) from removed
        ) as both_sides group by bucket_id
      ) as sums where bucket_id is not null;
  end case;
  -- In one order, so that moves between two buckets never wait for each other.
  for change in
    select key as bucket_id, value::bigint as bytes from jsonb_each_text(changes) where value <> '0' order by key
  loop
    update storage.bucket_usage as usage set bytes = greatest(usage.bytes + change.bytes, 0)
      from storage.buckets where usage.bucket_id = change.bucket_id and buckets.id = change.bucket_id
      returning usage.bytes, buckets.quota into counted;
    if found and change.bytes > 0 and counted.bytes > counted.quota then
      raise exception 'The bucket % holds at most % bytes', change.bucket_id, counted.quota
        using errcode = 'TS001', detail = counted.quota::text;
    end if;
  end loop;
  return null;
end
$$;

create or replace function storage.uncount_all_bytes() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  update storage.bucket_usage set bytes = 0;
  return null;
end
$$;

-- Whoever writes objects meanwhile is waited for, since what is not committed cannot be added up.
create or replace function storage.begin_counting_bytes() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  if new.quota is null then
    delete from storage.bucket_usage where bucket_id = new.id;
  elsif tg_op = 'INSERT' then
    insert into storage.bucket_usage values (new.id, 0);
  elsif old.quota is null then
    lock table storage.objects in share row exclusive mode;
    insert into storage.bucket_usage
      select new.id, coalesce(sum(storage.object_bytes(version, metadata)), 0)
      from storage.objects where bucket_id = new.id
      on conflict (bucket_id) do update set bytes = excluded.bytes;
  end if;
  return null;
end
$$;

create or replace trigger count_added_bytes after insert on storage.objects
  referencing new table as added for each statement execute function storage.count_bytes();
create or replace trigger count_changed_bytes after update on storage.objects
  referencing new table as added old table as removed for each statement execute function storage.count_bytes();
create or replace trigger count_removed_bytes after delete on storage.objects
  referencing old table as removed for each statement execute function storage.count_bytes();
create or replace trigger uncount_all_bytes after truncate on storage.objects
  for each statement execute function storage.uncount_all_bytes();
create or replace trigger begin_counting_bytes after insert or update of quota on storage.buckets
  for each row execute function storage.begin_counting_bytes();

insert into storage.bucket_usage
  select id, (
    select coalesce(sum(storage.object_bytes(version, metadata)), 0) from storage.objects where bucket_id = buckets.id
  )
  from storage.buckets where quota is not null
  on conflict do nothing;

do $$
declare
  made regprocedure;
begin
  if to_regrole('supabase_storage_admin') is not null and pg_has_role('supabase_storage_admin', 'MEMBER') then
    alter table storage.bucket_usage owner to supabase_storage_admin;
    for made in
      select oid from pg_proc where pronamespace = 'storage'::regnamespace
        and proname in ('object_bytes', 'bytes_under_way', 'count_bytes', 'uncount_all_bytes', 'begin_counting_bytes')
    loop
      execute format('alter function %s owner to supabase_storage_admin', made);
    end loop;
  end if;
end
$$;
-- end
