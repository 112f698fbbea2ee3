// Names of things in a statement: relations, columns, types.

import type { RelationName } from '../../catalog/catalog.ts'
import { identifier, qualified, type Sql, sql } from '../../database/sql.ts'
import type { Qualifier } from '../plan/tree/read-tree.ts'

/** Where a mutation's or a call's rows stand in the statement. */
export const resultRows = identifier('pgrst_source')

/** A relation or function by its full name; without a schema the search path decides. */
export function fullName({ schema, name }: RelationName): Sql {
  return schema === '' ? identifier(name) : qualified({ schema, name })
}

/** What stands before the dot of a column. */
export function qualifier(of: Qualifier): Sql {
  return 'alias' in of ? identifier(of.alias) : fullName(of.relation)
}

/** One column, or all of them for `*`. */
export function columnOf(of: Sql, name: string): Sql {
  return name === '*' ? sql`${of}.*` : sql`${of}.${identifier(name)}`
}

/**
 * A type's name as a client wrote it. It cannot be quoted, since that would change the meaning of `int`;
 * so only letters, digits, `_`, `$` and spaces pass, which the grammar of select has seen to already.
 * What is no type after all (nothing but spaces, a `$`) stands where only a type may, and Postgres refuses it.
 */
export function writtenType(name: string): Sql {
  if (!/^[\p{L}\p{N}_$ ]*$/u.test(name)) throw new TypeError(`not the name of a type: ${name}`)
  return name as Sql
}

/** Text that Postgres itself printed as SQL: a type of `format_type`, a column's default expression. */
export function printedByPostgres(text: string): Sql {
  return text as Sql
}
