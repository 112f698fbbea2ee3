// Everything with rows, as the list of the Table Editor shows it.

import { type Sql, sql } from '../../../../../database/sql.ts'
import { inSchema } from '../../../../database/sql/in-schema.ts'

const kind: Sql = sql`case c.relkind when 'r' then 'table' when 'p' then 'partitioned-table' when 'v' then 'view'
  when 'm' then 'materialized-view' else 'foreign-table' end`

/** What a request of each API role may do at all; a grant on single columns counts. */
const grants: Sql = sql`(
  select coalesce(jsonb_object_agg(r.rolname, array_remove(array[
    case when has_table_privilege(r.oid, c.oid, 'select') or has_any_column_privilege(r.oid, c.oid, 'select') then 'select' end,
    case when has_table_privilege(r.oid, c.oid, 'insert') or has_any_column_privilege(r.oid, c.oid, 'insert') then 'insert' end,
    case when has_table_privilege(r.oid, c.oid, 'update') or has_any_column_privilege(r.oid, c.oid, 'update') then 'update' end,
    case when has_table_privilege(r.oid, c.oid, 'delete') then 'delete' end
  ], null)), '{}')
  from pg_roles r where r.rolname in ('anon', 'authenticated', 'service_role'))`

const columns: Sql = sql`(
  select coalesce(jsonb_agg(jsonb_build_object(
    'name', a.attname, 'type', format_type(a.atttypid, a.atttypmod), 'nullable', not a.attnotnull,
    'primaryKey', exists (select from pg_index i where i.indrelid = c.oid and i.indisprimary and a.attnum = any(i.indkey))
  ) order by a.attnum), '[]')
  from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped)`

const realtime: Sql = sql`exists (
  select from pg_publication_tables p
  where p.pubname = 'supabase_realtime' and p.schemaname = n.nspname and p.tablename = c.relname)`

/** Measuring needs a lock; a table that somebody is changing is not measured, so that the list is there all the same. */
const bytes: Sql = sql`case when not exists (
  select from pg_locks l where l.relation = c.oid and l.mode = 'AccessExclusiveLock' and l.granted and l.pid <> pg_backend_pid()
) then pg_total_relation_size(c.oid)::float8 end`

/** Parameters: the schema or null for all but the system's; the name or null for all; the schemas the API exposes. */
export const listTables: Sql = sql`
  select n.nspname as schema, c.relname as name, ${kind} as kind, obj_description(c.oid, 'pg_class') as comment,
    pg_get_userbyid(c.relowner) as owner,
    nullif(c.reltuples, -1)::float8 as "estimatedRows", ${bytes} as bytes,
    c.relrowsecurity as "rowSecurity", c.relforcerowsecurity as "forceRowSecurity",
    (select count(*)::int from pg_policy p where p.polrelid = c.oid) as policies,
    ${realtime} as realtime, n.nspname = any($3::text[]) as exposed, ${grants} as grants, ${columns} as columns
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p', 'v', 'm', 'f')
    and ${inSchema}
    and ($2::text is null or c.relname = $2)
  order by n.nspname, c.relname`
