// What is read about how relations hang together: constraints, and functions that compute a relationship.

import { sql } from '../../database/sql.ts'
import type { Statement } from '../../database/statement.ts'
import { statementOver } from './statement-over-schemas.ts'

/**
 * Every primary key, unique constraint and foreign key of the database, as an exposed view may stand on a
 * table of any schema: letter (`p`, `u`, `f`), name, table (oid, schema, name), columns as JSON `[attnum, name]`,
 * and for foreign keys the referenced table and columns in the same form. Foreign keys that a partition has
 * from its parent are left out.
 */
export function constraintsStatement(): Statement {
  return statementOver(sql`
select k.contype, k.conname, k.conrelid, n.nspname, c.relname,
       (select pg_catalog.json_agg(pg_catalog.json_build_array(a.attnum, a.attname) order by u.place)
        from pg_catalog.unnest(k.conkey) with ordinality u (attnum, place)
        join pg_catalog.pg_attribute a on a.attrelid = k.conrelid and a.attnum = u.attnum),
       k.confrelid, fn.nspname, fc.relname,
       (select pg_catalog.json_agg(pg_catalog.json_build_array(a.attnum, a.attname) order by u.place)
        from pg_catalog.unnest(k.confkey) with ordinality u (attnum, place)
        join pg_catalog.pg_attribute a on a.attrelid = k.confrelid and a.attnum = u.attnum)
from pg_catalog.pg_constraint k
join pg_catalog.pg_class c on c.oid = k.conrelid
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
left join pg_catalog.pg_class fc on fc.oid = k.confrelid
left join pg_catalog.pg_namespace fn on fn.oid = fc.relnamespace
where k.contype in ('p', 'u', 'f')
  and (k.contype <> 'f' or k.conparentid = 0)
  and n.nspname not in ('pg_catalog', 'information_schema')
order by k.conrelid, k.conname`)
}

/** Function (schema, name), argument's relation (schema, name), returned relation (schema, name), to one. */
export function computedRelationshipsStatement(schemas: readonly string[]): Statement {
  return statementOver(
    sql`
select pn.nspname, p.proname, an.nspname, a.relname, rn.nspname, r.relname,
       not p.proretset or p.prorows = 1
from pg_catalog.pg_proc p
join pg_catalog.pg_namespace pn on pn.oid = p.pronamespace
join pg_catalog.pg_type at on at.oid = p.proargtypes[0]
join pg_catalog.pg_class a on a.oid = at.typrelid and a.relkind in ('r', 'p', 'v', 'm', 'f')
join pg_catalog.pg_namespace an on an.oid = a.relnamespace
join pg_catalog.pg_type rt on rt.oid = p.prorettype
join pg_catalog.pg_class r on r.oid = rt.typrelid and r.relkind in ('r', 'p', 'v', 'm', 'f')
join pg_catalog.pg_namespace rn on rn.oid = r.relnamespace
where p.pronargs = 1
  and p.prokind = 'f'
  and an.nspname = any ($1::text[])
  and rn.nspname = any ($1::text[])
order by pn.nspname, p.proname`,
    schemas,
  )
}
