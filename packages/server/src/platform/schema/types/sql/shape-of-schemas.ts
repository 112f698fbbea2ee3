// What is read for type definitions: relations with their columns, types, functions. Ids are those of Postgres, as text.

import { type Sql, sql } from '../../../../database/sql.ts'
import { isPeoples } from '../../../database/sql/in-schema.ts'

/** Every schema, sorted, and whether it is one that people look for. */
export const schemaRows: Sql = sql`
  select n.nspname::text as name, ${isPeoples} as offered from pg_namespace n order by 1`

/**
 * Tables, views and composite types outside of Postgres' own schemas. A column is generated where Postgres alone writes it;
 * a view's columns may be written where the view, or a trigger of it, passes them on.
 */
export const relationRows = sql`
  select c.oid::text as id, n.nspname::text as schema, c.relname::text as name, c.relkind::text as kind,
    pg_relation_is_updatable(c.oid, true) & 8 = 8 as insertable,
    pg_relation_is_updatable(c.oid, true) & 4 = 4 as updatable,
    coalesce((
      select json_agg(json_build_object(
        'name', a.attname,
        'type', a.atttypid::text,
        'nullable', not (a.attnotnull or t.typtype = 'd' and t.typnotnull),
        'hasDefault', a.atthasdef or a.attidentity <> '' or t.typtype = 'd' and t.typdefault is not null,
        'generated', a.attidentity = 'a' or a.attgenerated <> '',
        'writable', c.relkind not in ('v', 'm') or pg_column_is_updatable(c.oid, a.attnum, true)
      ) order by a.attnum)
      from pg_attribute a join pg_type t on t.oid = a.atttypid
      where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    ), '[]') as columns
  from pg_class c
  join pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p', 'f', 'v', 'm', 'c') and n.nspname not in ('pg_catalog', 'information_schema')
    and n.nspname not like 'pg\\_toast%' and n.nspname not like 'pg\\_temp%'
  order by n.nspname, c.relname`

/** Every type. One that is cast to json comes out of the API as whatever that cast makes. */
export const typeRows = sql`
  select t.oid::text as id, n.nspname::text as schema, t.typname::text as name, t.typtype::text as kind,
    case when t.typtype = 'd' then t.typbasetype::text end as base,
    case when t.typsubscript = 'pg_catalog.array_subscript_handler'::regproc then t.typelem::text end as element,
    case when t.typrelid <> 0 then t.typrelid::text end as relation,
    exists (
      select from pg_cast k where k.castsource = t.oid and k.castmethod = 'f' and t.oid >= 16384
        and k.casttarget in ('pg_catalog.json'::regtype, 'pg_catalog.jsonb'::regtype)
    ) as "castsToJson",
    coalesce((
      select json_agg(e.enumlabel order by e.enumsortorder) from pg_enum e where e.enumtypid = t.oid
    ), '[]') as labels
  from pg_type t join pg_namespace n on n.oid = t.typnamespace`

/** Functions of the schemas in `$1` that a request may call; none that are triggers. */
export const functionRows = sql`
  select n.nspname::text as schema, p.proname::text as name, p.prorettype::text as returns,
    p.proretset as "returnsSet", p.prorows > 1 as "manyRows",
    coalesce((
      select json_agg(json_build_object(
        'name', coalesce(p.proargnames[a.place], ''),
        'type', a.type::text,
        'mode', coalesce(p.proargmodes[a.place], 'i'),
        'input', coalesce(p.proargmodes[a.place], 'i') in ('i', 'b', 'v')
      ) order by a.place)
      from unnest(coalesce(p.proallargtypes, p.proargtypes::oid[])) with ordinality as a (type, place)
    ), '[]') as arguments,
    p.pronargdefaults as defaults
  from pg_proc p join pg_namespace n on n.oid = p.pronamespace
  where p.prokind = 'f' and n.nspname = any ($1::text[])
    and p.prorettype not in ('pg_catalog.trigger'::regtype, 'pg_catalog.event_trigger'::regtype)
  order by n.nspname, p.proname, pg_get_function_identity_arguments(p.oid)`
