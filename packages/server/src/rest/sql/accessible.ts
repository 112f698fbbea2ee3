// What of a schema the current role may use, for its description.

import { sql } from '../../database/sql.ts'
import type { Statement } from '../../database/statement.ts'

/** One row: the schema's comment. */
export function schemaCommentStatement(schema: string): Statement {
  const text = sql`SELECT pg_catalog.obj_description(n.oid, 'pg_namespace') FROM pg_catalog.pg_namespace n WHERE n.nspname = $1`
  return { kind: 'statement', text, values: [schema] }
}

/** Names of the relations on which the role has any privilege. */
export function accessibleRelationsStatement(schema: string): Statement {
  const text = sql`SELECT c.relname
FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('v', 'r', 'm', 'f', 'p') AND n.nspname = $1
  AND (pg_catalog.pg_has_role(c.relowner, 'USAGE')
    OR pg_catalog.has_table_privilege(c.oid, 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER')
    OR pg_catalog.has_any_column_privilege(c.oid, 'SELECT, INSERT, UPDATE, REFERENCES'))`
  return { kind: 'statement', text, values: [schema] }
}

/** Functions that the role may execute: name, and the names of the parameters as a JSON array. */
export function accessibleRoutinesStatement(schema: string): Statement {
  const text = sql`SELECT p.proname, (
    SELECT coalesce(json_agg(coalesce(a.name, '') ORDER BY a.place), '[]')
    FROM unnest(coalesce(p.proallargtypes, p.proargtypes::oid[]), p.proargnames, p.proargmodes)
      WITH ORDINALITY AS a (type, name, mode, place)
    WHERE a.type IS NOT NULL AND coalesce(a.mode, 'i') IN ('i', 'b', 'v'))
FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
WHERE p.prokind = 'f' AND n.nspname = $1 AND pg_catalog.has_function_privilege(p.oid, 'EXECUTE')`
  return { kind: 'statement', text, values: [schema] }
}
