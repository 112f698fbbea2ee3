// Schemas as the schema picker shows them.

import { type Sql, sql } from '../../../../../database/sql.ts'

/** Parameter: the names that the REST door exposes. Temporary and toast schemas are nobody's choice. */
export const listSchemas: Sql = sql`
  select n.nspname as name, pg_get_userbyid(n.nspowner) as owner, obj_description(n.oid, 'pg_namespace') as comment,
    n.nspname = any($1::text[]) as exposed,
    n.nspname in ('pg_catalog', 'information_schema', 'auth', 'clerk', 'extensions', 'graphql', 'graphql_public',
      'pgbouncer', 'realtime', 'storage', 'tenon', 'vault') as internal,
    (select count(*)::int from pg_class c where c.relnamespace = n.oid and c.relkind in ('r', 'p', 'v', 'm', 'f')) as tables
  from pg_namespace n
  where n.nspname !~ '^pg_(toast|temp_|toast_temp_)'
  order by n.nspname <> 'public', internal, n.nspname`
