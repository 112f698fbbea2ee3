// What is read about tables and their policies; `$1` is the schema, or null for all but Postgres' own.

import { sql } from '../../../../database/sql.ts'
import { isPeoples } from '../../../database/sql/in-schema.ts'

const policiesOfTable = sql`
  select coalesce(jsonb_agg(jsonb_build_object(
    'name', p.polname,
    'behaviour', case when p.polpermissive then 'permissive' else 'restrictive' end,
    'command', case p.polcmd when 'r' then 'SELECT' when 'a' then 'INSERT' when 'w' then 'UPDATE' when 'd' then 'DELETE'
                             else 'ALL' end,
    'roles', (select jsonb_agg(coalesce(r.rolname, 'public') order by r.rolname)
              from unnest(p.polroles) as given (id) left join pg_catalog.pg_roles r on r.oid = given.id),
    'using', pg_catalog.pg_get_expr(p.polqual, p.polrelid, true),
    'check', pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid, true),
    'comment', pg_catalog.obj_description(p.oid, 'pg_policy'),
    'columns', (select coalesce(jsonb_agg(distinct a.attname), '[]')
                from pg_catalog.pg_depend d
                join pg_catalog.pg_attribute a on a.attrelid = d.refobjid and a.attnum = d.refobjsubid
                where d.classid = 'pg_catalog.pg_policy'::regclass and d.objid = p.oid
                  and d.refclassid = 'pg_catalog.pg_class'::regclass and d.refobjid = p.polrelid and d.refobjsubid > 0),
    'volatileFunctions', (select coalesce(jsonb_agg(distinct f.proname), '[]')
                          from pg_catalog.pg_depend d
                          join pg_catalog.pg_proc f on f.oid = d.refobjid
                          join pg_catalog.pg_language l on l.oid = f.prolang
                          where d.classid = 'pg_catalog.pg_policy'::regclass and d.objid = p.oid
                            and d.refclassid = 'pg_catalog.pg_proc'::regclass
                            and f.provolatile = 'v' and l.lanname <> 'sql')
  ) order by p.polname), '[]')
  from pg_catalog.pg_policy p where p.polrelid = c.oid`

const columnsOfTable = sql`
  select coalesce(jsonb_agg(jsonb_build_object(
    'name', a.attname,
    'type', pg_catalog.format_type(a.atttypid, a.atttypmod),
    'indexed', exists (select from pg_catalog.pg_index i
                       where i.indrelid = a.attrelid and i.indisvalid and i.indkey[0] = a.attnum),
    'inOldRow', c.relreplident = 'f' or exists (
      select from pg_catalog.pg_index i
      where i.indrelid = a.attrelid and a.attnum = any (i.indkey)
        and case c.relreplident when 'd' then i.indisprimary when 'i' then i.indisreplident else false end)
  ) order by a.attnum), '[]')
  from pg_catalog.pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped`

const isInRealtime = sql`exists (
  select from pg_catalog.pg_publication_tables p
  where p.pubname = 'supabase_realtime' and p.schemaname = n.nspname and p.tablename = c.relname)`

/** One row a table (`$2` null: every table of the schema), as a ProtectedTable. */
export const readTablesSql = sql`
select n.nspname as schema, c.relname as table,
       jsonb_build_object('enabled', c.relrowsecurity, 'forced', c.relforcerowsecurity) as "rowSecurity",
       ${isInRealtime} as realtime,
       (${columnsOfTable}) as columns,
       (${policiesOfTable}) as policies
from pg_catalog.pg_class c
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
where c.relkind in ('r', 'p')
  and ${isPeoples}
  and ($1::text is null or n.nspname = $1)
  and ($2::text is null or c.relname = $2)
order by n.nspname, c.relname`

/** The roles a policy may name; those that Postgres made for itself are left out. */
export const readRolesSql = sql`
select rolname as name from pg_catalog.pg_roles where rolname !~ '^pg_' order by rolname`
