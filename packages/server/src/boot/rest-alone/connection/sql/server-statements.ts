// What is asked of the server before its catalog is read.

import { sql } from '../../../../database/sql.ts'
import type { Statement } from '../../../../database/statement.ts'

/** One row of one text: `PostgreSQL 18.4 on x86_64-…`. */
export const serverNameStatement: Statement = { kind: 'statement', text: sql`select version()`, values: [] }

/** Postgres refuses it (3F000) where one of the schemas does not exist. */
export function schemasExistStatement(schemas: readonly string[]): Statement {
  const text = sql`select quote_ident(name)::regnamespace from json_array_elements_text($1::json) name`
  return { kind: 'statement', text, values: [JSON.stringify(schemas)] }
}
