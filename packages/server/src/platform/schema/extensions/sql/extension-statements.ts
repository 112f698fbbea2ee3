// Extensions: what there is, and the statements that enable and disable one.

import { identifier, type Sql, sql } from '../../../../database/sql.ts'
import { cascadeIf } from '../../../database/sql/cascade.ts'

/** `installed` and `schema` are null where it is only available. */
export const extensionRows = sql`
  select a.name, a.default_version as version, e.extversion as installed, n.nspname as schema,
    coalesce(a.comment, '') as comment,
    coalesce(v.schema, case when a.name = 'plpgsql' then 'pg_catalog' end) as fixed_schema,
    coalesce(v.requires::text[], '{}') as requires
  from pg_available_extensions a
  left join pg_extension e on e.extname = a.name
  left join pg_namespace n on n.oid = e.extnamespace
  left join pg_available_extension_versions v on v.name = a.name and v.version = a.default_version
  order by a.name`

/** What it requires is enabled with it, in the same schema. A null schema leaves it to the extension. */
export function createExtension(name: string, schema: string | null): Sql {
  const place = schema === null ? sql`` : sql` schema ${identifier(schema)}`
  return sql`create extension ${identifier(name)} with${place} cascade`
}

/** For an extension whose schema need not be there. */
export function createSchema(schema: string): Sql {
  return sql`create schema if not exists ${identifier(schema)}`
}

/** DROP EXTENSION. */
export function dropExtension(name: string, cascade: boolean): Sql {
  return sql`drop extension ${identifier(name)}${cascadeIf(cascade)}`
}
