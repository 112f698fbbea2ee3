-- Uploads that come in pieces over many requests. Policies are asked by their rows in storage.objects; nobody but the
-- server reads these.

-- degrades: resumable uploads (table storage.resumable_uploads)
-- needs: ownership of schema storage
-- grant: grant usage, create on schema storage to {user};
-- unless: to_regclass('storage.resumable_uploads') is not null and not pg_has_role((select relowner from pg_class where oid = to_regclass('storage.resumable_uploads')), 'USAGE')
create table if not exists storage.resumable_uploads (
  version uuid primary key,
  bucket_id text not null,
  name text not null collate "C",
  owner_id text,
  -- Who began it: only the same may go on.
  role text not null,
  signed boolean not null,
  upsert boolean not null,
  size bigint,
  metadata jsonb not null,
  created_at timestamptz not null default now(),
  completed_at timestamptz
);
create index if not exists resumable_uploads_created_at on storage.resumable_uploads (created_at);
create index if not exists resumable_uploads_unfinished on storage.resumable_uploads (bucket_id, owner_id)
  where completed_at is null;
alter table storage.resumable_uploads enable row level security;

do $$
begin
  if to_regrole('supabase_storage_admin') is not null and pg_has_role('supabase_storage_admin', 'MEMBER') then
    alter table storage.resumable_uploads owner to supabase_storage_admin;
  end if;
end
$$;
call tenon.grant_where_made('select on storage.resumable_uploads', 'supabase_read_only_user');
-- end
