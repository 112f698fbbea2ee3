// What Postgres would say to SET ROLE, asked without doing it.

import { sql } from '../../../database/sql.ts'

/**
 * $1 the role, $2 the login role; no row where the former does not exist. Columns `settable` and `privileged`, `true`
 * or `false`. Since Postgres 16 a membership says by itself whether SET ROLE may use it.
 */
export const findRoleStatement = sql`
  select
    (case
      when current_setting('server_version_num')::int >= 160000 then pg_has_role($2::name, oid, 'SET')
      else pg_has_role($2::name, oid, 'MEMBER')
    end)::text as settable,
    (rolsuper or rolbypassrls or rolcreaterole or rolreplication or rolcanlogin)::text as privileged
  from pg_catalog.pg_roles
  where rolname::text = $1`
