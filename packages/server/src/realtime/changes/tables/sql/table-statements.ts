// What is read of the catalog about one table and about a role on it. All of it stands in `pg_catalog`, which every
// role may read.

import { sql } from '../../../../database/sql.ts'
import type { Statement } from '../../../../database/statement.ts'

/**
 * Oid, row security, replica identity's letter, in the publication, any nondeterministic collation in the database, in the
 * publication by the names of its partitions.
 */
export function tableStatement(schema: string, table: string, publication: string): Statement {
  const text = sql`
select c.oid, c.relrowsecurity, c.relreplident,
       exists (select from pg_catalog.pg_publication_tables p
               where p.pubname = $3::pg_catalog.name and p.schemaname = n.nspname and p.tablename = c.relname),
       exists (select from pg_catalog.pg_collation where not collisdeterministic),
       exists (select from pg_catalog.pg_partition_tree(c.oid) t
               join pg_catalog.pg_class l on l.oid = t.relid
               join pg_catalog.pg_namespace s on s.oid = l.relnamespace
               join pg_catalog.pg_publication_tables p on p.schemaname = s.nspname and p.tablename = l.relname
               where p.pubname = $3::pg_catalog.name and c.relkind = 'p' and t.isleaf)
from pg_catalog.pg_class c
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
where n.nspname = $1::pg_catalog.name and c.relname = $2::pg_catalog.name and c.relkind in ('r', 'p')`
  return { kind: 'statement', text, values: [schema, table, publication] }
}

/**
 * Name, type's oid, type's name, attnum, declared type, type's kind, deterministic collation, place in the primary key
 * (null outside of it), part of the replica identity, which generated columns are not: the stream leaves them out.
 */
export function columnsStatement(schema: string, table: string): Statement {
  const text = sql`
select a.attname, a.atttypid, t.typname, a.attnum, pg_catalog.format_type(a.atttypid, a.atttypmod), t.typtype,
       coalesce(l.collisdeterministic, true),
       pg_catalog.array_position(k.indkey::int2[], a.attnum),
       case when a.attgenerated <> '' then false else case c.relreplident when 'f' then true when 'd' then coalesce(a.attnum = any (k.indkey), false)
            when 'i' then coalesce(a.attnum = any (i.indkey), false) else false end end
from pg_catalog.pg_class c
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
join pg_catalog.pg_type t on t.oid = a.atttypid
left join pg_catalog.pg_collation l on l.oid = a.attcollation
left join pg_catalog.pg_index k on k.indrelid = c.oid and k.indisprimary
left join pg_catalog.pg_index i on i.indrelid = c.oid and i.indisreplident
where n.nspname = $1::pg_catalog.name and c.relname = $2::pg_catalog.name and c.relkind in ('r', 'p')
order by a.attnum`
  return { kind: 'statement', text, values: [schema, table] }
}

/**
 * Policies by which rows are read: name, permissive, roles as JSON (empty for PUBLIC), USING as the search path of now
 * makes it print. Without USING a policy lets nothing be read, whatever it is for.
 */
export function policiesStatement(schema: string, table: string): Statement {
  const text = sql`
select p.polname, p.polpermissive,
       (select coalesce(pg_catalog.json_agg(r.rolname order by r.rolname), '[]')
        from pg_catalog.pg_roles r where r.oid = any (p.polroles)),
       pg_catalog.pg_get_expr(p.polqual, p.polrelid)
from pg_catalog.pg_policy p
join pg_catalog.pg_class c on c.oid = p.polrelid
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
where n.nspname = $1::pg_catalog.name and c.relname = $2::pg_catalog.name and p.polcmd in ('r', '*')
  and p.polqual is not null
order by p.polname`
  return { kind: 'statement', text, values: [schema, table] }
}

/** Sets the search path for the statements that follow in the transaction. */
export function searchPathStatement(path: string): Statement {
  return { kind: 'statement', text: sql`select pg_catalog.set_config('search_path', $1, true)`, values: [path] }
}

/**
 * Whether row security does not hold for the role, the columns it may select (JSON, none where it may not enter the
 * schema), the roles whose privileges it has and the schemas it may enter (JSON). Fails for a role that does not exist.
 */
export function roleStatement(oid: number, role: string): Statement {
  const text = sql`
select r.rolsuper or r.rolbypassrls
         or pg_catalog.pg_has_role(r.oid, c.relowner, 'USAGE') and not c.relforcerowsecurity,
       (select coalesce(pg_catalog.json_agg(a.attname order by a.attnum), '[]')
        from pg_catalog.pg_attribute a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
          and pg_catalog.has_schema_privilege(r.oid, c.relnamespace, 'USAGE')
          and pg_catalog.has_column_privilege(r.oid, c.oid, a.attnum, 'SELECT')),
       (select pg_catalog.json_agg(m.rolname) from pg_catalog.pg_roles m where pg_catalog.pg_has_role(r.oid, m.oid, 'USAGE')),
       (select coalesce(pg_catalog.json_agg(s.nspname), '[]')
        from pg_catalog.pg_namespace s where pg_catalog.has_schema_privilege(r.oid, s.oid, 'USAGE'))
from pg_catalog.pg_class c, pg_catalog.pg_roles r
where c.oid = $1::pg_catalog.oid and r.oid = pg_catalog.quote_ident($2)::pg_catalog.regrole`
  return { kind: 'statement', text, values: [String(oid), role] }
}
