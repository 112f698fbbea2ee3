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

-- Upstream's migrations whose state this is: tools ask how far a project has come.
insert into storage.migrations (id, name, hash)
select number - 1, name, 'tenon' from unnest(string_to_array(
  'create-migrations-table initialmigration storage-schema pathtoken-column add-migrations-rls add-size-functions '
  'change-column-name-in-get-size add-rls-to-buckets add-public-to-buckets fix-search-function '
  'search-files-search-function add-trigger-to-auto-update-updated_at-column add-automatic-avif-detection-flag '
  'add-bucket-custom-limits use-bytes-for-max-size add-can-insert-object-function add-version drop-owner-foreign-key '
  'add_owner_id_column_deprecate_owner alter-default-value-objects-id list-objects-with-delimiter s3-multipart-uploads '
  's3-multipart-uploads-big-ints optimize-search-function operation-function custom-metadata objects-prefixes search-v2 '
  'object-bucket-name-sorting create-prefixes update-object-levels objects-level-index '
  'backward-compatible-index-on-objects backward-compatible-index-on-prefixes optimize-search-function-v1 '
  'add-insert-trigger-prefixes optimise-existing-functions add-bucket-name-length-trigger '
  'iceberg-catalog-flag-on-buckets add-search-v2-sort-support fix-prefix-race-conditions-optimized '
  'add-object-level-update-trigger rollback-prefix-triggers fix-object-level vector-bucket-type vector-buckets '
  'buckets-objects-grants iceberg-table-metadata iceberg-catalog-ids buckets-objects-grants-postgres search-v2-optimised '
  'index-backward-compatible-search drop-not-used-indexes-and-functions drop-index-lower-name drop-index-object-level '
  'prevent-direct-deletes fix-optimized-search-function s3-multipart-uploads-metadata operation-ergonomics '
  'drop-unused-functions optimize-existing-functions-again mark-filename-immutable object-versioning-core '
  'fix-search-name-relative-to-prefix',
  ' ')) with ordinality as applied (name, number)
on conflict do nothing;

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
  versioning_status text not null default 'DISABLED',
  constraint buckets_versioning_status_check check (versioning_status in ('DISABLED', 'ENABLED', 'SUSPENDED')),
  constraint buckets_versioning_standard_only_check check (type = 'STANDARD' or versioning_status = 'DISABLED'),
  constraint buckets_versioning_dark_check check (versioning_status = 'DISABLED')
);
alter table storage.buckets add column if not exists quota bigint check (quota >= 0);
create unique index if not exists bname on storage.buckets (name);

create table if not exists storage.objects (
  id uuid primary key default gen_random_uuid(),
  bucket_id text constraint "objects_bucketId_fkey" references storage.buckets (id),
  name text,
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
-- Lists are in the order of bytes, whatever the database sorts by.
create index if not exists idx_objects_bucket_id_name on storage.objects (bucket_id, name collate "C");
create index if not exists idx_objects_bucket_id_name_lower on storage.objects (bucket_id, lower(name) collate "C");
create index if not exists name_prefix_search on storage.objects (name text_pattern_ops);
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
-- Without upstream's grant option: postgres hands on as a member of the owner, so that DROP OWNED BY takes it back.
call tenon.grant_where_made(
  'all on storage.buckets, storage.objects', 'postgres', 'anon', 'authenticated', 'service_role');
call tenon.grant_where_made(
  'all on storage.s3_multipart_uploads, storage.s3_multipart_uploads_parts', 'service_role');
call tenon.grant_where_made(
  'select on storage.s3_multipart_uploads, storage.s3_multipart_uploads_parts', 'anon', 'authenticated');
call tenon.grant_where_made('select on all tables in schema storage', 'supabase_read_only_user');
-- end
