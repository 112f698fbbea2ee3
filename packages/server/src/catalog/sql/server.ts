// What is read about the server itself, and how a change of its schema is noticed where it cannot tell.

import { sql } from '../../database/sql.ts'
import type { Statement } from '../../database/statement.ts'
import { statementOver } from './statement-over-schemas.ts'

/** `server_version_num`, and whether PostGIS 3 or later, which makes GeoJSON of whole rows, is there. */
export function serverStatement(): Statement {
  return statementOver(sql`
select pg_catalog.current_setting('server_version_num'),
  exists (
    select from pg_catalog.pg_proc p
    where p.proname = 'st_asgeojson' and p.proargtypes[0] = 'pg_catalog.record'::pg_catalog.regtype)`)
}

/** Whether both event triggers that announce changes of the schema are there and on. */
export function changeTriggersStatement(): Statement {
  return statementOver(sql`
select pg_catalog.count(*) = 2
from pg_catalog.pg_event_trigger
where evtname in ('pgrst_ddl_watch', 'pgrst_drop_watch') and evtenabled <> 'D'`)
}

/**
 * Role, setting, value: the `ALTER ROLE … SET` of every role that the current one is a direct member of, as far as
 * the current role may set the setting for itself.
 */
export function roleSettingsStatement(): Statement {
  return statementOver(sql`
select r.rolname, pg_catalog.split_part(c.entry, '=', 1), pg_catalog.substr(c.entry, pg_catalog.strpos(c.entry, '=') + 1)
from pg_catalog.pg_auth_members m
join pg_catalog.pg_roles own on own.oid = m.member and own.rolname = current_user
join pg_catalog.pg_roles r on r.oid = m.roleid
cross join pg_catalog.unnest(r.rolconfig) c (entry)
join pg_catalog.pg_settings s on s.name = pg_catalog.split_part(c.entry, '=', 1)
where s.context = 'user'
   or s.context = 'superuser' and pg_catalog.has_parameter_privilege(current_user, s.name, 'set')
group by 1, 2, 3
order by 1, 2`)
}

/**
 * One text that differs whenever something the catalog is read from has changed: count and transaction ids of
 * the rows behind it. For databases where no event trigger can be created; costs a scan of the system catalogs.
 */
export function schemaFingerprintStatement(schemas: readonly string[]): Statement {
  return statementOver(
    sql`
select pg_catalog.concat_ws(' ',
  (select pg_catalog.count(*) || ':' || pg_catalog.sum(c.xmin::text::int8)
   from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
   where n.nspname = any ($1::text[])),
  (select pg_catalog.count(*) || ':' || pg_catalog.sum(a.xmin::text::int8)
   from pg_catalog.pg_attribute a
   join pg_catalog.pg_class c on c.oid = a.attrelid
   join pg_catalog.pg_namespace n on n.oid = c.relnamespace
   where n.nspname = any ($1::text[]) and c.relkind in ('r', 'p', 'v', 'm', 'f', 'c')),
  (select pg_catalog.count(*) || ':' || pg_catalog.sum(d.xmin::text::int8) from pg_catalog.pg_attrdef d),
  (select pg_catalog.count(*) || ':' || pg_catalog.sum(k.xmin::text::int8) from pg_catalog.pg_constraint k),
  (select pg_catalog.count(*) || ':' || pg_catalog.sum(r.xmin::text::int8) from pg_catalog.pg_rewrite r),
  (select pg_catalog.count(*) || ':' || pg_catalog.sum(p.xmin::text::int8) from pg_catalog.pg_proc p),
  (select pg_catalog.count(*) || ':' || pg_catalog.sum(p.xmin::text::int8) from pg_catalog.pg_policy p),
  (select pg_catalog.count(*) || ':' || pg_catalog.sum(e.xmin::text::int8) from pg_catalog.pg_enum e),
  (select pg_catalog.count(*) || ':' || pg_catalog.sum(t.xmin::text::int8)
   from pg_catalog.pg_type t where t.typtype = 'd'),
  (select pg_catalog.count(*) || ':' || pg_catalog.sum(k.xmin::text::int8) from pg_catalog.pg_cast k),
  (select pg_catalog.count(*) || ':' || pg_catalog.sum(s.xmin::text::int8) from pg_catalog.pg_db_role_setting s),
  (select pg_catalog.count(*) || ':' || pg_catalog.sum(m.xmin::text::int8) from pg_catalog.pg_auth_members m),
  (select pg_catalog.count(*) || ':' || pg_catalog.sum(d.xmin::text::int8) from pg_catalog.pg_description d))`,
    schemas,
  )
}
