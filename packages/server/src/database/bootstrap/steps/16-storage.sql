-- The tables of Storage, whose policies say who may do what with which object. Columns are upstream's, since policies,
-- migrations and seeds name them; `quota` is ours.

-- degrades: Storage (tables storage.buckets and storage.objects)
-- needs: ownership of schema storage
-- grant: grant usage, create on schema storage to {user};
-- unless: to_regclass('storage.objects') is not null and not pg_has_role((select relowner from pg_class where oid = to_regclass('storage.objects')), 'USAGE')
do $$
begin
  if to_regtype('storage.buckettype') is null then
    create type storage.buckettype as enum ('STANDARD', 'ANALYTICS', 'VECTOR');
  end if;
end
$$;

create table if not exists storage.migrations (
  id integer primary key,
  name varchar(100) unique not null,
  hash varchar(40) not null,
  executed_at timestamp default current_timestamp
);

create table if not exists storage.buckets (
  id text primary key,
  name text not null,
  owner uuid,
  created_at timestamptz default now(),
  updated_at timestamptz default now(),
  public boolean default false,
  avif_autodetection boolean default false,
  file_size_limit bigint,
  allowed_mime_types text[],
  owner_id text,
  type storage.buckettype not null default 'STANDARD',
  versioning_status text
);
alter table storage.buckets add column if not exists quota bigint check (quota >= 0);
create unique index if not exists bname on storage.buckets (name);

create table if not exists storage.objects (
  id uuid primary key default gen_random_uuid(),
  bucket_id text references storage.buckets (id),
  name text collate "C",
  owner uuid,
  created_at timestamptz default now(),
  updated_at timestamptz default now(),
  last_accessed_at timestamptz default now(),
  metadata jsonb,
  path_tokens text[] generated always as (string_to_array(name, '/')) stored,
  version text,
  owner_id text,
  user_metadata jsonb,
  archived_at timestamptz,
  is_delete_marker boolean not null default false,
  is_versioned boolean not null default false
);
create unique index if not exists bucketid_objname on storage.objects (bucket_id, name);
create index if not exists objects_version on storage.objects (version);

create table if not exists storage.s3_multipart_uploads (
  id text primary key,
  in_progress_size bigint not null default 0,
  upload_signature text not null,
  bucket_id text not null references storage.buckets (id),
  key text not null collate "C",
  version text not null,
  owner_id text,
  created_at timestamptz not null default now(),
  user_metadata jsonb,
  metadata jsonb
);
create index if not exists idx_multipart_uploads_list on storage.s3_multipart_uploads (bucket_id, key, created_at);

create table if not exists storage.s3_multipart_uploads_parts (
  id uuid primary key default gen_random_uuid(),
  upload_id text not null references storage.s3_multipart_uploads (id) on delete cascade,
  size bigint not null default 0,
  part_number integer not null,
  bucket_id text not null references storage.buckets (id),
  key text not null collate "C",
  etag text not null,
  owner_id text,
  version text not null,
  created_at timestamptz not null default now()
);

alter table storage.migrations enable row level security;
alter table storage.buckets enable row level security;
alter table storage.objects enable row level security;
alter table storage.s3_multipart_uploads enable row level security;
alter table storage.s3_multipart_uploads_parts enable row level security;

do $$
declare
  made text;
begin
  if to_regrole('supabase_storage_admin') is not null and pg_has_role('supabase_storage_admin', 'MEMBER') then
    foreach made in array array['migrations', 'buckets', 'objects', 's3_multipart_uploads', 's3_multipart_uploads_parts'] loop
      execute format('alter table storage.%I owner to supabase_storage_admin', made);
    end loop;
    alter type storage.buckettype owner to supabase_storage_admin;
  end if;
end
$$;
call tenon.grant_where_made(
  'all on storage.buckets, storage.objects', 'postgres', 'anon', 'authenticated', 'service_role');
call tenon.grant_where_made(
  'all on storage.s3_multipart_uploads, storage.s3_multipart_uploads_parts', 'service_role');
call tenon.grant_where_made(
  'select on storage.s3_multipart_uploads, storage.s3_multipart_uploads_parts', 'anon', 'authenticated');
call tenon.grant_where_made('select on all tables in schema storage', 'supabase_read_only_user');
-- end

-- degrades: storage.foldername(), storage.filename(), storage.extension() and storage.operation()
-- needs: CREATE on schema storage
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

create or replace function storage.allow_only_operation(expected_operation text) returns boolean language sql stable as $$
  select lower(regexp_replace(coalesce(storage.operation(), ''), '^storage\.', ''))
    = lower(regexp_replace(expected_operation, '^storage\.', ''))
$$;

create or replace function storage.allow_any_operation(expected_operations text[]) returns boolean language sql stable as $$
  select exists (select from unnest(expected_operations) as expected where storage.allow_only_operation(expected))
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

do $$
declare
  made regprocedure;
begin
  if to_regrole('supabase_storage_admin') is not null and pg_has_role('supabase_storage_admin', 'MEMBER') then
    for made in
      select oid from pg_proc where pronamespace = 'storage'::regnamespace
        and proname in ('foldername', 'filename', 'extension', 'operation', 'allow_only_operation', 'allow_any_operation', 'protect_delete')
    loop
      execute format('alter function %s owner to supabase_storage_admin', made);
    end loop;
  end if;
end
$$;
-- end

-- degrades: rows of Storage guarded against deletion by SQL
-- needs: ownership of tables storage.buckets and storage.objects
-- grant: alter table storage.objects owner to {user}; alter table storage.buckets owner to {user};
create or replace trigger protect_buckets_delete before delete on storage.buckets
  for each statement execute function storage.protect_delete();
create or replace trigger protect_objects_delete before delete on storage.objects
  for each statement execute function storage.protect_delete();
-- end
