// What is read about relations: themselves, their columns, the labels of enums, their policies. One flat row
// for each thing; the assembly joins them by oid. The readers need no privilege on any of it.

import { sql } from '../../database/sql.ts'
import type { Statement } from '../../database/statement.ts'
import { statementOver } from './statement-over-schemas.ts'

/**
 * oid, schema, name, relkind, description, updatable bits (views and foreign tables only: 8 insert, 4 update,
 * 16 delete), row security enabled, forced, and for views the tree of their SELECT rule. Partitions are left out.
 */
export function relationsStatement(schemas: readonly string[]): Statement {
  return statementOver(
    sql`
select c.oid, n.nspname, c.relname, c.relkind,
       pg_catalog.obj_description(c.oid, 'pg_class'),
       case when c.relkind in ('v', 'f') then pg_catalog.pg_relation_is_updatable(c.oid, true) else 0 end,
       c.relrowsecurity, c.relforcerowsecurity,
       r.ev_action
from pg_catalog.pg_class c
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
left join pg_catalog.pg_rewrite r on r.ev_class = c.oid and r.ev_type = '1' and c.relkind in ('v', 'm')
where c.relkind in ('r', 'p', 'v', 'm', 'f')
  and not c.relispartition
  and n.nspname = any ($1::text[])
order by n.nspname, c.relname`,
    schemas,
  )
}

/**
 * Relation's oid, attnum, name, description, declared type, type behind its domains, declared type's qualified
 * name, nullable, default, generated, maximum length, and the enum's oid behind the type.
 */
export function columnsStatement(schemas: readonly string[]): Statement {
  return statementOver(
    sql`
with recursive domain_step (oid, base, typmod) as (
  select oid, typbasetype, typtypmod from pg_catalog.pg_type where typtype = 'd'
  union all
  select s.oid, t.typbasetype, t.typtypmod
  from domain_step s join pg_catalog.pg_type t on t.oid = s.base and t.typtype = 'd'
), domain_base as (
  select s.oid, b.oid as base, b.typtype, b.typnamespace
  from domain_step s join pg_catalog.pg_type b on b.oid = s.base and b.typtype <> 'd'
), attribute as (
  select a.attrelid, a.attnum, a.attname, a.atttypid, a.atttypmod, a.attnotnull, a.attidentity, a.attgenerated,
         t.typtype, t.typnotnull, t.typdefaultbin, t.typnamespace,
         coalesce(d.base, t.oid) as base,
         coalesce(d.typtype, t.typtype) as base_typtype,
         coalesce(d.typnamespace, t.typnamespace) = 'pg_catalog'::pg_catalog.regnamespace as base_builtin,
         case when t.typtype = 'd' then t.typbasetype else a.atttypid end as sized_type,
         case when t.typtype = 'd' then t.typtypmod else a.atttypmod end as size
  from pg_catalog.pg_attribute a
  join pg_catalog.pg_class c on c.oid = a.attrelid
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  join pg_catalog.pg_type t on t.oid = a.atttypid
  left join domain_base d on d.oid = t.oid
  where c.relkind in ('r', 'p', 'v', 'm', 'f')
    and not c.relispartition
    and n.nspname = any ($1::text[])
    and a.attnum > 0
    and not a.attisdropped
)
select a.attrelid, a.attnum, a.attname,
       pg_catalog.col_description(a.attrelid, a.attnum),
       pg_catalog.format_type(a.atttypid, a.atttypmod),
       case when a.base_builtin then pg_catalog.format_type(a.base, null)
            else pg_catalog.format_type(a.atttypid, a.atttypmod) end,
       a.atttypid::pg_catalog.regtype,
       not (a.attnotnull or a.typtype = 'd' and a.typnotnull),
       case when a.attgenerated <> '' then null
            when a.attidentity = 'd' then (
              select pg_catalog.format('nextval(%L)', s.objid::pg_catalog.regclass)
              from pg_catalog.pg_depend s
              where s.refobjid = a.attrelid and s.refobjsubid = a.attnum and s.deptype = 'i'
                and s.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
                and s.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
              limit 1)
            else coalesce(pg_catalog.pg_get_expr(d.adbin, d.adrelid),
                          case when a.typtype = 'd' then pg_catalog.pg_get_expr(a.typdefaultbin, 0) end) end,
       a.attgenerated <> '',
       case when a.size = -1 then null
            when a.sized_type in (1042, 1043) then a.size - 4
            when a.sized_type in (1560, 1562) then a.size end,
       case when a.base_typtype = 'e' then a.base end
from attribute a
left join pg_catalog.pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
order by a.attrelid, a.attnum`,
    schemas,
  )
}

/** Enum's oid, label; in the enum's order. */
export function enumLabelsStatement(): Statement {
  return statementOver(sql`select enumtypid, enumlabel from pg_catalog.pg_enum order by enumtypid, enumsortorder`)
}

/** Relation's oid, name, permissive, command letter, roles as JSON (empty for PUBLIC), USING, WITH CHECK. */
export function policiesStatement(schemas: readonly string[]): Statement {
  return statementOver(
    sql`
select p.polrelid, p.polname, p.polpermissive, p.polcmd,
       (select coalesce(pg_catalog.json_agg(r.rolname order by r.rolname), '[]')
        from pg_catalog.pg_roles r where r.oid = any (p.polroles)),
       pg_catalog.pg_get_expr(p.polqual, p.polrelid),
       pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid)
from pg_catalog.pg_policy p
join pg_catalog.pg_class c on c.oid = p.polrelid
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
where n.nspname = any ($1::text[])
order by p.polrelid, p.polname`,
    schemas,
  )
}
