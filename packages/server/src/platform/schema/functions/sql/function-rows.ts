// Functions as the catalogue knows them.

import { type Sql, sql } from '../../../../database/sql.ts'

/** All members that an endpoint shows, of the functions that `where` lets through. */
function functionRows(where: Sql): Sql {
  return sql`
    select
      p.oid::bigint::text as oid, p.xmin::text as version, n.nspname as schema, p.proname as name,
      case p.prokind when 'f' then 'function' when 'p' then 'procedure' when 'a' then 'aggregate' else 'window' end
        as kind,
      l.lanname as language,
      case p.provolatile when 'i' then 'immutable' when 's' then 'stable' else 'volatile' end as behaviour,
      case when p.prosecdef then 'definer' else 'invoker' end as security,
      case when p.prokind = 'p' then null else pg_get_function_result(p.oid) end as returns,
      pg_get_function_identity_arguments(p.oid) as identity,
      coalesce(pg_get_function_sqlbody(p.oid), case when l.lanname in ('c', 'internal') then null else p.prosrc end)
        as definition,
      p.prosqlbody is not null as parsed_body,
      coalesce(p.proconfig, '{}') as configuration,
      coalesce(obj_description(p.oid, 'pg_proc'), '') as comment,
      (select e.extname from pg_depend d join pg_extension e on e.oid = d.refobjid
       where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e'
         and d.refclassid = 'pg_extension'::regclass) as extension,
      coalesce((
        select json_agg(json_build_object('schema', tn.nspname, 'table', c.relname, 'policy', pol.polname)
          order by tn.nspname, c.relname, pol.polname)
        from pg_policy pol
        join pg_class c on c.oid = pol.polrelid
        join pg_namespace tn on tn.oid = c.relnamespace
        where pol.oid in (
          select objid from pg_depend
          where classid = 'pg_policy'::regclass and refclassid = 'pg_proc'::regclass and refobjid = p.oid)
      ), '[]') as policies,
      coalesce((
        select json_agg(json_build_object(
          'name', coalesce(p.proargnames[a.place], ''),
          'type', format_type(a.type, null),
          'mode', case coalesce(p.proargmodes[a.place], 'i') when 'i' then 'in' when 'o' then 'out'
            when 'b' then 'inout' when 'v' then 'variadic' else 'table' end,
          'default', pg_get_function_arg_default(p.oid, a.place::int)
        ) order by a.place)
        from unnest(coalesce(p.proallargtypes, p.proargtypes::oid[])) with ordinality as a (type, place)
      ), '[]') as arguments
    from pg_proc p
    join pg_namespace n on n.oid = p.pronamespace
    join pg_language l on l.oid = p.prolang
    where ${where}
    order by p.proname, identity`
}

/** `$1` is the schema. */
export const functionsOfSchema = functionRows(sql`n.nspname = $1`)

/** `$1` is the oid. */
export const functionByOid = functionRows(sql`p.oid = $1::bigint::oid`)

/**
 * What a replacement must say again lest it is lost. `$1` is the oid.
 */
export const keptClauses = sql`
  select pg_get_function_arguments(p.oid) as arguments,
    array_remove(array[
      case when p.prokind = 'w' then 'window' end,
      case when p.proisstrict then 'strict' end,
      case when p.proleakproof then 'leakproof' end,
      case p.proparallel when 's' then 'parallel safe' when 'r' then 'parallel restricted' end,
      case when p.prokind <> 'p' then 'cost ' || p.procost end,
      case when p.proretset then 'rows ' || p.prorows end,
      case when p.prosupport <> 0 then 'support ' || p.prosupport end
    ], null) as others
  from pg_proc p
  where p.oid = $1::bigint::oid`

/** Whom a new function of this name is, the newest first. `$1` schema, `$2` name. */
export const newestByName = sql`
  select p.oid::bigint::text as oid from pg_proc p join pg_namespace n on n.oid = p.pronamespace
  where n.nspname = $1 and p.proname = $2
  order by p.xmin = pg_current_xact_id()::xid desc, p.oid desc
  limit 1`

/** Types a function may take or answer with: those of Postgres, of extensions and of the project, but no arrays. */
export const functionTypes = sql`
  select format_type(t.oid, null) as name, n.nspname as schema,
    case when t.typtype = 'p' then 'pseudo' when t.typtype = 'c' then 'composite' when t.typtype = 'e' then 'enum'
      when t.typtype = 'd' then 'domain' when t.typtype in ('r', 'm') then 'range' else 'base' end as kind
  from pg_type t
  join pg_namespace n on n.oid = t.typnamespace
  left join pg_class c on c.oid = t.typrelid
  where has_schema_privilege(n.oid, 'usage')
    and n.nspname !~ '^pg_(toast|temp)' and n.nspname <> 'information_schema'
    and not exists (select from pg_type element where element.typarray = t.oid)
    and (t.typtype in ('b', 'd', 'e', 'r', 'm') and t.typname !~ '^_'
      or t.typtype = 'c' and c.relkind in ('r', 'v', 'm', 'f', 'p', 'c') and n.nspname <> 'pg_catalog'
      or t.typname in ('void', 'record', 'trigger', 'event_trigger', 'anyelement', 'anyarray'))
  order by (n.nspname <> 'pg_catalog'), name`

/** Languages in which a person may write. */
export const functionLanguages = sql`
  select lanname as name from pg_language
  where lanname not in ('c', 'internal') and has_language_privilege(oid, 'usage')
  order by lanname <> 'plpgsql', lanname`
