-- The functions by which SQL lists objects as folders and files. Each goes from one entry to the next along an index, and
-- passes over a folder as a whole. They run as whoever calls, so that the policies say what is there.

-- degrades: storage.search(), storage.search_v2() and the other functions that list objects
-- needs: CREATE on schema storage, and ownership of its functions
-- grant: grant usage, create on schema storage to {user};
-- unless: to_regprocedure('storage.get_common_prefix(text, text, text)') is not null and not pg_has_role((select proowner from pg_proc where oid = to_regprocedure('storage.get_common_prefix(text, text, text)')), 'USAGE')

-- The folder right below the prefix in which a key is, with its delimiter; null for a key that is in none.
create or replace function storage.get_common_prefix(p_key text, p_prefix text, p_delimiter text) returns text
language sql immutable as $$
  select case when position(p_delimiter in rest) > 0 then left(p_key, length(p_prefix) + position(p_delimiter in rest)) end
  from (select substring(p_key from length(p_prefix) + 1) as rest) as cut
$$;

-- In the order of bytes. What is returned for a folder is its name alone. `start_after`: an entry that was returned.
create or replace function storage.list_objects_with_delimiter(
  _bucket_id text,
  prefix_param text,
  delimiter_param text,
  max_keys integer default 100,
  start_after text default '',
  next_token text default '',
  sort_order text default 'asc'
) returns table (
  name text, id uuid, metadata jsonb, updated_at timestamptz, created_at timestamptz, last_accessed_at timestamptz
) language plpgsql stable as $$
declare
  ascending boolean := lower(coalesce(sort_order, 'asc')) <> 'desc';
  begun text := coalesce(nullif(next_token, ''), start_after, '');
  -- All names with the prefix are from `least` to before `most`: no character comes after the last one of Unicode.
  least text := coalesce(prefix_param, '');
  most text := coalesce(prefix_param, '') || chr(1114111);
  after_folder text := chr(ascii(delimiter_param) + 1);
  entry storage.objects;
  folder text;
begin
  if begun <> '' then
    if exists (
      select from storage.objects as o
      where o.bucket_id = _bucket_id
        and o.name collate "C" >= begun || delimiter_param and o.name collate "C" < begun || after_folder
    ) then
      least := case when ascending then begun || after_folder else least end;
      most := case when ascending then most else begun || delimiter_param end;
    else
      least := case when ascending then begun || chr(1) else least end;
      most := case when ascending then most else begun end;
    end if;
  end if;
  for emitted in 1 .. max_keys loop
    if ascending then
      select * into entry from storage.objects as o
      where o.bucket_id = _bucket_id and o.name collate "C" >= least and o.name collate "C" < most
      order by o.name collate "C" limit 1;
    else
      select * into entry from storage.objects as o
      where o.bucket_id = _bucket_id and o.name collate "C" >= least and o.name collate "C" < most
      order by o.name collate "C" desc limit 1;
    end if;
    exit when entry.id is null;
    folder := storage.get_common_prefix(entry.name, coalesce(prefix_param, ''), delimiter_param);
    least := case when ascending then coalesce(left(folder, -1) || after_folder, entry.name || chr(1)) else least end;
    most := case when ascending then most else coalesce(folder, entry.name) end;
    name := coalesce(left(folder, -1), entry.name);
    id := case when folder is null then entry.id end;
    metadata := case when folder is null then entry.metadata end;
    updated_at := case when folder is null then entry.updated_at end;
    created_at := case when folder is null then entry.created_at end;
    last_accessed_at := case when folder is null then entry.last_accessed_at end;
    return next;
  end loop;
end
$$;

-- By a time: all that is below the prefix has to be read. A folder is as old as what came into it first.
create or replace function storage.search_by_timestamp(
  p_prefix text,
  p_bucket_id text,
  p_limit integer,
  p_level integer,
  p_start_after text,
  p_sort_order text,
  p_sort_column text,
  p_sort_column_after text
) returns table (
  key text,
  name text,
  id uuid,
  updated_at timestamptz,
  created_at timestamptz,
  last_accessed_at timestamptz,
  metadata jsonb
) language plpgsql stable as $$
declare
  beyond text := case p_sort_order when 'asc' then '>' else '<' end;
begin
  return query execute format(
    $query$
      with below as (
        select o.*, storage.get_common_prefix(o.name, $1, '/') as folder
        from storage.objects as o
        where o.bucket_id = $2 and starts_with(o.name, $1)
      ), entries as (
        select left(folder, -1) as name, null::uuid as id, min(created_at) as updated_at, min(created_at) as created_at,
          null::timestamptz as last_accessed_at, null::jsonb as metadata
        from below where folder is not null group by folder
        union all
        select name, id, updated_at, created_at, last_accessed_at, metadata from below where folder is null
      )
      select split_part(name, '/', $3), name, id, updated_at, created_at, last_accessed_at, metadata from entries
      where $5 = '' or (date_trunc('milliseconds', %1$I), name collate "C")
        %2$s (coalesce(nullif($6, '')::timestamptz, 'epoch'), $5)
      order by coalesce(date_trunc('milliseconds', %1$I), 'epoch') %3$s, name collate "C" %3$s
      limit $4
    $query$,
    p_sort_column, beyond, case p_sort_order when 'asc' then 'asc' else 'desc' end)
  using coalesce(p_prefix, ''), p_bucket_id, p_level, p_limit, coalesce(p_start_after, ''), p_sort_column_after;
end
$$;

create or replace function storage.search_v2(
  prefix text,
  bucket_name text,
  limits integer default 100,
  levels integer default 1,
  start_after text default '',
  sort_order text default 'asc',
  sort_column text default 'name',
  sort_column_after text default ''
) returns table (
  key text,
  name text,
  id uuid,
  updated_at timestamptz,
  created_at timestamptz,
  last_accessed_at timestamptz,
  metadata jsonb
) language plpgsql stable as $$
declare
  most integer := least(coalesce(limits, 100), 1500);
  direction text := case lower(sort_order) when 'desc' then 'desc' else 'asc' end;
  sorted_by text := lower(sort_column);
begin
  if sorted_by in ('created_at', 'updated_at') then
    return query select * from storage.search_by_timestamp(
      prefix, bucket_name, most, levels, start_after, direction, sorted_by, sort_column_after);
  else
    return query
      select split_part(l.name, '/', levels), l.name, l.id, l.updated_at, l.created_at, l.last_accessed_at, l.metadata
      from storage.list_objects_with_delimiter(bucket_name, prefix, '/', most, start_after, '', direction) as l;
  end if;
end
$$;

-- The first version: in any case, by offset, and with names that begin behind the prefix. `levels` is not looked at.
create or replace function storage.search(
  prefix text,
  bucketname text,
  limits integer default 100,
  levels integer default 1,
  offsets integer default 0,
  search text default '',
  sortcolumn text default 'name',
  sortorder text default 'asc'
) returns table (
  name text,
  id uuid,
  updated_at timestamptz,
  created_at timestamptz,
  last_accessed_at timestamptz,
  metadata jsonb
) language plpgsql stable as $$
declare
  below text := coalesce(prefix, '');
  wanted text := lower(below || coalesce(search, ''));
  most integer := least(coalesce(limits, 100), 1500);
  ascending boolean := lower(coalesce(sortorder, 'asc')) = 'asc';
  direction text := case when ascending then 'asc' else 'desc' end;
  sorted_by text := lower(coalesce(sortcolumn, 'name'));
  low text := wanted;
  high text := wanted || chr(1114111);
  -- Names that differ in case alone are told apart by themselves.
  passed text := '';
  entry storage.objects;
  folder text;
begin
  if sorted_by in ('updated_at', 'created_at', 'last_accessed_at') then
    return query execute format(
      $query$
        with found as (
          select o.*, storage.get_common_prefix(o.name, $1, '/') as folder
          from storage.objects as o where o.bucket_id = $2 and starts_with(lower(o.name), $1)
        )
        (select substring(left(folder, -1) from length($3) + 1), null::uuid, null::timestamptz, null::timestamptz,
          null::timestamptz, null::jsonb
         from found where folder is not null group by folder order by left(folder, -1) collate "C" %2$s)
        union all
        (select substring(name from length($3) + 1), id, updated_at, created_at, last_accessed_at, metadata
         from found where folder is null order by %1$I %2$s)
        limit $4 offset $5
      $query$,
      sorted_by, direction)
    using wanted, bucketname, below, most, offsets;
    return;
  end if;
  for emitted in 1 .. most + coalesce(offsets, 0) loop
    if ascending then
      select * into entry from storage.objects as o
      where o.bucket_id = bucketname and lower(o.name) collate "C" >= low and lower(o.name) collate "C" < high
        and (lower(o.name) collate "C", o.name collate "C") > (low, passed)
      order by lower(o.name) collate "C", o.name collate "C" limit 1;
    else
      select * into entry from storage.objects as o
      where o.bucket_id = bucketname and lower(o.name) collate "C" >= low and lower(o.name) collate "C" <= high
        and (lower(o.name) collate "C", o.name collate "C") < (high, passed)
      order by lower(o.name) collate "C" desc, o.name collate "C" desc limit 1;
    end if;
    exit when entry.id is null;
    folder := storage.get_common_prefix(entry.name, wanted, '/');
    low := case when ascending then coalesce(lower(left(folder, -1)) || '0', lower(entry.name)) else low end;
    high := case when ascending then high else coalesce(lower(folder), lower(entry.name)) end;
    passed := case when folder is null then entry.name else '' end;
    continue when emitted <= offsets;
    name := substring(coalesce(left(folder, -1), entry.name) from length(below) + 1);
    id := case when folder is null then entry.id end;
    updated_at := case when folder is null then entry.updated_at end;
    created_at := case when folder is null then entry.created_at end;
    last_accessed_at := case when folder is null then entry.last_accessed_at end;
    metadata := case when folder is null then entry.metadata end;
    return next;
  end loop;
end
$$;
-- end

-- degrades: role supabase_storage_admin owning the functions of schema storage
-- needs: membership in supabase_storage_admin
-- grant: grant supabase_storage_admin to {user};
-- unless: to_regrole('supabase_storage_admin') is null or not pg_has_role('supabase_storage_admin', 'MEMBER')
do $$
declare
  made regprocedure;
begin
  for made in
    select oid from pg_proc
    where pronamespace = 'storage'::regnamespace and proowner = to_regrole(quote_ident(current_user))
  loop
    execute format('alter function %s owner to supabase_storage_admin', made);
  end loop;
end
$$;
-- end
