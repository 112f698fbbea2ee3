-- What policies on storage.* say things with, and the triggers that keep its rows in order.

-- degrades: storage.foldername(), storage.filename(), storage.extension(), storage.operation() and the guards of Storage's rows
-- needs: CREATE on schema storage, and ownership of its functions
-- grant: grant usage, create on schema storage to {user};
-- unless: to_regprocedure('storage.foldername(text)') is not null and not pg_has_role((select proowner from pg_proc where oid = to_regprocedure('storage.foldername(text)')), 'USAGE')
create or replace function storage.foldername(name text) returns text[] language sql immutable as $$
  select (string_to_array(name, '/'))[1 : cardinality(string_to_array(name, '/')) - 1]
$$;

create or replace function storage.filename(name text) returns text language sql immutable as $$
  select (string_to_array(name, '/'))[cardinality(string_to_array(name, '/'))]
$$;

create or replace function storage.extension(name text) returns text language sql immutable as $$
  select reverse(split_part(reverse(storage.filename(name)), '.', 1))
$$;

create or replace function storage.operation() returns text language sql stable as $$
  select current_setting('storage.operation', true)
$$;

-- Either with its `storage.` or without.
create or replace function storage.allow_only_operation(expected_operation text) returns boolean language sql stable as $$
  select coalesce(
    nullif(regexp_replace(expected_operation, '^storage\.', ''), '') = regexp_replace(storage.operation(), '^storage\.', ''),
    false)
$$;

create or replace function storage.allow_any_operation(expected_operations text[]) returns boolean language sql stable as $$
  select exists (select from unnest(expected_operations) as expected where storage.allow_only_operation(expected))
$$;

-- Always fails: with PT200 where the caller might insert such a row, and with what keeps it from that where not.
create or replace function storage.can_insert_object(bucketid text, name text, owner uuid, metadata jsonb)
returns void language plpgsql as $$
begin
  insert into storage.objects (bucket_id, name, owner, metadata)
  values (bucketid, can_insert_object.name, can_insert_object.owner, can_insert_object.metadata);
  raise sqlstate 'PT200' using message = 'ROLLBACK', detail = 'rollback successful insert';
end
$$;

create or replace function storage.get_size_by_bucket() returns table (size bigint, bucket_id text) language sql stable as $$
  select sum((metadata ->> 'size')::bigint)::bigint, bucket_id from storage.objects group by bucket_id
$$;

create or replace function storage.update_updated_at_column() returns trigger language plpgsql as $$
begin
  new.updated_at := now();
  return new;
end
$$;

create or replace function storage.enforce_bucket_name_length() returns trigger language plpgsql as $$
begin
  if length(new.name) > 100 then
    raise exception 'The name of a bucket has at most 100 characters; this one has %', length(new.name);
  end if;
  return new;
end
$$;

-- Bytes would stay behind without a row, and the row's policies would not have been asked.
create or replace function storage.protect_delete() returns trigger language plpgsql as $$
begin
  if coalesce(current_setting('storage.allow_delete_query', true), 'false') <> 'true' then
    raise exception 'Direct deletion from storage tables is not allowed. Use the Storage API instead.'
      using errcode = '42501', hint = 'Rows deleted by SQL leave their bytes behind.';
  end if;
  return null;
end
$$;

-- The version names the bytes: a row with a version of somebody's choice would read, and delete, another object's. Runs as
-- whoever writes the row. Who gives up a version loses the way to the bytes, and nothing more.
create or replace function storage.protect_version() returns trigger language plpgsql set search_path = '' as $$
begin
  if not pg_has_role(current_user, (select relowner from pg_class where oid = tg_relid), 'USAGE') then
    raise exception 'The version of an object is the server''s to give'
      using errcode = '42501', hint = 'Leave the column version out, and upload through the Storage API.';
  end if;
  return new;
end
$$;
-- end

-- degrades: rows of Storage guarded against deletion by SQL, and against versions that are not theirs
-- needs: ownership of tables storage.buckets and storage.objects
-- grant: alter table storage.objects owner to {user}; alter table storage.buckets owner to {user};
-- unless: to_regprocedure('storage.protect_delete()') is not null and exists (select from pg_trigger where tgname = 'protect_objects_version_update' and tgrelid = to_regclass('storage.objects')) and not pg_has_role((select relowner from pg_class where oid = to_regclass('storage.objects')), 'USAGE')
create or replace trigger update_objects_updated_at before update on storage.objects
  for each row execute function storage.update_updated_at_column();
create or replace trigger enforce_bucket_name_length_trigger before insert or update of name on storage.buckets
  for each row execute function storage.enforce_bucket_name_length();
create or replace trigger protect_buckets_delete before delete on storage.buckets
  for each statement execute function storage.protect_delete();
create or replace trigger protect_objects_delete before delete on storage.objects
  for each statement execute function storage.protect_delete();
create or replace trigger protect_objects_version_insert before insert on storage.objects
  for each row when (new.version is not null) execute function storage.protect_version();
create or replace trigger protect_objects_version_update before update on storage.objects
  for each row when (new.version is not null and new.version is distinct from old.version)
  execute function storage.protect_version();
create or replace trigger protect_buckets_truncate before truncate on storage.buckets
  for each statement execute function storage.protect_delete();
create or replace trigger protect_objects_truncate before truncate on storage.objects
  for each statement execute function storage.protect_delete();
-- end
