// What is read about the functions of the project.

import { sql } from '../../../../database/sql.ts'
import type { Statement } from '../../../../database/statement.ts'

/**
 * Schema, name, names of parameters as JSON, and the text of the body where it is one of language SQL that runs with the
 * caller's rights and under no settings but a search path; null for any other.
 */
export const functionsStatement: Statement = {
  kind: 'statement',
  values: [],
  text: sql`
select n.nspname, p.proname, pg_catalog.array_to_json(coalesce(p.proargnames, '{}')),
       case when l.lanname = 'sql' and p.prokind = 'f' and not p.prosecdef and not p.proretset
             and not exists (select from pg_catalog.unnest(p.proconfig) c (entry)
                             where c.entry not like 'search\\_path=%')
            then coalesce(pg_catalog.regexp_replace(pg_catalog.pg_get_function_sqlbody(p.oid), '^\\s*return\\s', 'select ', 'i'),
                          p.prosrc) end
from pg_catalog.pg_proc p
join pg_catalog.pg_namespace n on n.oid = p.pronamespace
join pg_catalog.pg_language l on l.oid = p.prolang
where n.nspname not in ('pg_catalog', 'information_schema')`,
}
