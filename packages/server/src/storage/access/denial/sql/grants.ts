// GRANT statements that people are told to run; nothing here runs them.

import { identifier, qualified, sql, type Sql } from '../../../../database/sql.ts'

export function grantOnTable(table: string, role: string): Sql {
  const named = qualified({ schema: 'storage', name: table })
  return sql`grant select, insert, update, delete on ${named} to ${identifier(role)};`
}

export function grantOnSchema(role: string): Sql {
  return sql`grant usage on schema storage to ${identifier(role)};`
}

/** Lets the server become the role. */
export function grantToServer(role: string): Sql {
  return sql`grant ${identifier(role)} to authenticator;`
}

/** Lets the role pass all policies. */
export function letPass(role: string): Sql {
  return sql`alter role ${identifier(role)} bypassrls;`
}
