// What decides about `realtime.messages`, as the system catalogs have it. Whoever asks needs no right to the schema.

import { type Sql, sql } from '../../../../database/sql.ts'

/** Each USING and WITH CHECK, a row each. */
export const readExpressions: Sql = sql`
  select pg_get_expr(written.expression, polrelid)
  from pg_policy
  join pg_class on pg_class.oid = polrelid
  join pg_namespace on pg_namespace.oid = relnamespace
  cross join lateral (values (polqual), (polwithcheck)) as written (expression)
  where nspname = 'realtime' and relname = 'messages' and written.expression is not null`

/** Name with schema, body. */
export const readFunctions: Sql = sql`
  select nspname || '.' || proname, prosrc
  from pg_proc join pg_namespace on pg_namespace.oid = pronamespace
  where pronargs = 0 and (nspname, proname) in (
    ('auth', 'jwt'), ('auth', 'uid'), ('auth', 'role'), ('auth', 'email'), ('realtime', 'topic'))`

/** Whether commits say that they change the schema, and nothing but the policies decides about a row. */
export const readWatch: Sql = sql`
  select exists (select from pg_event_trigger where evtname = 'tenon_schema_watch' and evtenabled <> 'D')
    and not exists (
      select from pg_trigger
      join pg_class on pg_class.oid = tgrelid
      join pg_namespace on pg_namespace.oid = relnamespace
      where nspname = 'realtime' and relname like 'messages%' and not tgisinternal)`
