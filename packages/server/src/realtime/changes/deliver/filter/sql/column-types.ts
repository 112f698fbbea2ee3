// How the columns that a filter names compare, from the system catalog.

import { identifier, qualified, type Sql, sql } from '../../../../../database/sql.ts'
import type { Rows, Statement } from '../../../../../database/statement.ts'
import type { ColumnType } from '../compile/column-type.ts'

const columnTypesText = sql`
  select a.attname, a.atttypid::text, tn.nspname, t.typname,
    case when a.attcollation <> t.typcollation then cn.nspname end, c.collname,
    coalesce(c.collisdeterministic, true)::text
  from pg_catalog.pg_attribute a
  join pg_catalog.pg_type t on t.oid = a.atttypid
  join pg_catalog.pg_namespace tn on tn.oid = t.typnamespace
  left join pg_catalog.pg_collation c on c.oid = a.attcollation
  left join pg_catalog.pg_namespace cn on cn.oid = c.collnamespace
  where a.attrelid = $1::pg_catalog.oid and a.attnum > 0 and not a.attisdropped`

/** One row a column of the table. */
export function columnTypesStatement(tableOid: number): Statement {
  return { kind: 'statement', text: columnTypesText, values: [String(tableOid)] }
}

export function readColumnTypes({ rows }: Rows): readonly ColumnType[] {
  return rows.map(([column, typeOid, schema, name, collationSchema, collation, isDeterministic]) => ({
    column: column ?? '',
    typeOid: Number(typeOid),
    type: qualified({ schema: schema ?? '', name: name ?? '' }),
    collate: collateClause(collationSchema ?? null, collation ?? null),
    isDeterministic: isDeterministic === 'true',
  }))
}

function collateClause(schema: string | null, name: string | null): Sql {
  return schema === null || name === null ? sql`` : sql` collate ${identifier(schema)}.${identifier(name)}`
}
