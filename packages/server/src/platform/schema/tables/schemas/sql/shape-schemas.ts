// The statements that make and remove a schema.

import { identifier, type Sql, sql } from '../../../../../database/sql.ts'
import { cascadeIf } from '../../../../database/sql/cascade.ts'

/** CREATE SCHEMA, refused by Postgres where there is one. */
export function createSchema(name: string): Sql {
  return sql`create schema ${identifier(name)}`
}

/** DROP SCHEMA. */
export function dropSchema(name: string, cascade: boolean): Sql {
  return sql`drop schema ${identifier(name)}${cascadeIf(cascade)}`
}
