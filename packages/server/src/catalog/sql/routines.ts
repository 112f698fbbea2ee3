// What is read about functions: the callable ones, those that produce media types, those that translate domains.

import { sql } from '../../database/sql.ts'
import type { Statement } from '../../database/statement.ts'
import { statementOver } from './statement-over-schemas.ts'

/**
 * Schema, name, description, arguments as JSON `[name | null, type, mode letter]` (all modes), number of
 * defaults, returned type behind its domain (schema, name), relkind of that type's relation (null for scalars),
 * returns a set, came through a domain, volatility letter, configuration as JSON (`name=value`), and the
 * attributes as JSON `[name, type]` where the type is a composite of its own.
 */
export function routinesStatement(schemas: readonly string[]): Statement {
  return statementOver(
    sql`
with recursive domain_step (oid, base) as (
  select oid, typbasetype from pg_catalog.pg_type where typtype = 'd'
  union all
  select s.oid, t.typbasetype
  from domain_step s join pg_catalog.pg_type t on t.oid = s.base and t.typtype = 'd'
), domain_base as (
  select s.oid, b.oid as base
  from domain_step s join pg_catalog.pg_type b on b.oid = s.base and b.typtype <> 'd'
)
select n.nspname, p.proname,
       pg_catalog.obj_description(p.oid, 'pg_proc'),
       (select pg_catalog.json_agg(
                 pg_catalog.json_build_array(nullif(u.name, ''), u.type::pg_catalog.regtype, coalesce(u.mode, 'i'))
                 order by u.place)
        from rows from (
          pg_catalog.unnest(coalesce(p.proallargtypes, p.proargtypes::oid[])),
          pg_catalog.unnest(p.proargnames),
          pg_catalog.unnest(p.proargmodes)
        ) with ordinality u (type, name, mode, place)
        where u.type is not null),
       p.pronargdefaults,
       tn.nspname, coalesce(rel.relname, t.typname), rel.relkind,
       p.proretset, d.base is not null, p.provolatile,
       pg_catalog.to_json(p.proconfig),
       case when rel.relkind = 'c' then (
         select pg_catalog.json_agg(
                  pg_catalog.json_build_array(a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod))
                  order by a.attnum)
         from pg_catalog.pg_attribute a
         where a.attrelid = rel.oid and a.attnum > 0 and not a.attisdropped) end
from pg_catalog.pg_proc p
join pg_catalog.pg_namespace n on n.oid = p.pronamespace
left join domain_base d on d.oid = p.prorettype
join pg_catalog.pg_type t on t.oid = coalesce(d.base, p.prorettype)
join pg_catalog.pg_namespace tn on tn.oid = t.typnamespace
left join pg_catalog.pg_class rel on rel.oid = t.typrelid
where p.prokind = 'f'
  and t.oid <> 'pg_catalog.trigger'::pg_catalog.regtype
  and n.nspname = any ($1::text[])
order by n.nspname, p.proname, p.pronargs`,
    schemas,
  )
}

/** Source type, target type, function (schema, name) of the implicit casts between a domain and json or text. */
export function representationsStatement(): Statement {
  return statementOver(sql`
select k.castsource::pg_catalog.regtype, k.casttarget::pg_catalog.regtype, n.nspname, p.proname
from pg_catalog.pg_cast k
join pg_catalog.pg_proc p on p.oid = k.castfunc
join pg_catalog.pg_namespace n on n.oid = p.pronamespace
join pg_catalog.pg_type s on s.oid = k.castsource
join pg_catalog.pg_type t on t.oid = k.casttarget
where k.castcontext = 'i'
  and k.castmethod = 'f'
  and pg_catalog.has_function_privilege(k.castfunc, 'execute')
  and (s.typtype = 'd' and k.casttarget in ('json'::pg_catalog.regtype, 'text'::pg_catalog.regtype)
    or t.typtype = 'd' and k.castsource in ('json'::pg_catalog.regtype, 'text'::pg_catalog.regtype))
order by n.nspname, p.proname`)
}

/**
 * Media type (lower case), function (schema, name), kind letter (`a` aggregate, `f` function), and for
 * aggregates the relation of the argument (schema, name; null for anyelement), and whether the domain is over bytea.
 */
export function mediaHandlersStatement(schemas: readonly string[]): Statement {
  return statementOver(
    sql`
select pg_catalog.lower(m.typname), n.nspname, p.proname, p.prokind, an.nspname, a.relname,
       m.typbasetype = 'pg_catalog.bytea'::pg_catalog.regtype
from pg_catalog.pg_type m
join pg_catalog.pg_proc p on p.prorettype = m.oid
join pg_catalog.pg_namespace n on n.oid = p.pronamespace
left join pg_catalog.pg_type at on at.oid = p.proargtypes[0]
left join pg_catalog.pg_class a on a.oid = at.typrelid and a.relkind in ('r', 'p', 'v', 'm', 'f')
left join pg_catalog.pg_namespace an on an.oid = a.relnamespace
where m.typtype = 'd'
  and (m.typname ~ '^[A-Za-z0-9.-]+/[A-Za-z0-9.+-]+$' or m.typname = '*/*')
  and n.nspname = any ($1::text[])
  and (p.prokind = 'f' and not p.proretset
    or p.prokind = 'a' and p.pronargs = 1
       and (a.oid is not null or at.oid = 'pg_catalog.anyelement'::pg_catalog.regtype))
order by 1, 2, 3`,
    schemas,
  )
}
