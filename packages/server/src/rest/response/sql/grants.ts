// GRANT statements that people are told to run; nothing here runs them.

import type { RelationName } from '../../../catalog/catalog.ts'
import { identifier, join, qualified, sql, type Sql } from '../../../database/sql.ts'

export type TablePrivilege = 'select' | 'insert' | 'update' | 'delete'

const privilegeWords: Readonly<Record<TablePrivilege, Sql>> = {
  select: sql`select`,
  insert: sql`insert`,
  update: sql`update`,
  delete: sql`delete`,
}

export function grantOnRelation(privileges: readonly TablePrivilege[], relation: RelationName, role: string): Sql {
  const words = join(
    privileges.map((privilege) => privilegeWords[privilege]),
    sql`, `,
  )
  return sql`grant ${words} on ${qualified(relation)} to ${identifier(role)};`
}

export function grantOnSequence(sequence: RelationName, role: string): Sql {
  return sql`grant usage on sequence ${qualified(sequence)} to ${identifier(role)};`
}

export function grantOnSchema(schema: string, role: string): Sql {
  return sql`grant usage on schema ${identifier(schema)} to ${identifier(role)};`
}

/** Every overload of the function. */
export function grantOnRoutine(routine: RelationName, role: string): Sql {
  return sql`grant execute on routine ${qualified(routine)} to ${identifier(role)};`
}

/** Lets whoever logs in as `member` become `role`. */
export function grantRole(role: string, member: string): Sql {
  return sql`grant ${identifier(role)} to ${identifier(member)};`
}

export function createRole(role: string): Sql {
  return sql`create role ${identifier(role)} nologin;`
}
