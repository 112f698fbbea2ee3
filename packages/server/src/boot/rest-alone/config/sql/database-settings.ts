// The login role's own settings that configure the stand-alone door (`ALTER ROLE … SET pgrst.db_schemas = …`).

import type { RelationName } from '../../../../catalog/catalog.ts'
import { identifier, sql } from '../../../../database/sql.ts'
import type { Statement } from '../../../../database/statement.ts'

/**
 * Name and value, one row a setting of `names` (a JSON array); those for this database win over those for all. With a
 * function, what it sets counts where the role sets nothing.
 */
export function databaseSettingsStatement(names: readonly string[], preConfig: RelationName | null): Statement {
  const call = preConfig === null ? null : functionName(preConfig)
  const configured =
    call === null
      ? sql``
      : sql` UNION ALL SELECT NULL, x.name, nullif(current_setting(x.name, true), '') FROM wanted x JOIN ${call}() _ ON TRUE`
  const text = sql`WITH wanted AS (SELECT json_array_elements_text($1::json) AS name), setting AS (
  SELECT s.setdatabase AS database, split_part(e, '=', 1) AS name, substr(e, strpos(e, '=') + 1) AS value
  FROM pg_catalog.pg_db_role_setting s, unnest(s.setconfig) e
  WHERE s.setrole = quote_ident(current_user)::regrole::oid
    AND s.setdatabase IN (0, (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_catalog))${configured})
SELECT DISTINCT ON (name) name, value FROM setting JOIN wanted USING (name)
WHERE value IS NOT NULL ORDER BY name, database DESC NULLS LAST`
  return { kind: 'statement', text, values: [JSON.stringify(names)] }
}

function functionName({ schema, name }: RelationName): ReturnType<typeof identifier> {
  return schema === '' ? identifier(name) : sql`${identifier(schema)}.${identifier(name)}`
}
