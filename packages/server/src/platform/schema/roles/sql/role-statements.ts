// Roles as the catalogue knows them, and the statements that make and drop one.

import { identifier, join, literal, type Sql, sql } from '../../../../database/sql.ts'
import { asWritten } from '../../../database/sql/as-written.ts'
import type { RoleInput } from '../role-input.ts'

/** Passwords are never read, and settings that look like secrets are kept back. */
export const roleRows = sql`
  select r.oid::bigint::text as oid, r.rolname as name, r.rolsuper as superuser, r.rolcanlogin as "canLogin",
    r.rolinherit as inherits, r.rolcreatedb as "canCreateDatabases", r.rolcreaterole as "canCreateRoles",
    r.rolreplication as replicates, r.rolbypassrls as "bypassesRls", r.rolconnlimit as "connectionLimit",
    r.rolvaliduntil as "validUntil",
    (select count(*)::int from pg_stat_activity a where a.usesysid = r.oid) as connections,
    array(
      select g.rolname::text from pg_auth_members m join pg_roles g on g.oid = m.roleid
      where m.member = r.oid group by g.rolname order by g.rolname
    ) as "memberOf",
    array(
      select g.rolname::text from pg_auth_members m join pg_roles g on g.oid = m.member
      where m.roleid = r.oid group by g.rolname order by g.rolname
    ) as members,
    array(
      select case when entry ~* '^[^=]*(secret|password)' then substring(entry from '^[^=]*=') || '…' else entry end
      from unnest(r.rolconfig) as entry
    ) as settings,
    coalesce(shobj_description(r.oid, 'pg_authid'), '') as comment
  from pg_roles r
  where r.rolname !~ '^pg_'
  order by r.rolname`

/** The statements without the password, which comes by itself. */
export function createRole(role: RoleInput): readonly Sql[] {
  const name = identifier(role.name)
  const attributes = [
    role.canLogin ? 'login' : 'nologin',
    role.inherits ? 'inherit' : 'noinherit',
    ...(role.canCreateDatabases ? ['createdb'] : []),
    ...(role.canCreateRoles ? ['createrole'] : []),
    ...(role.bypassesRls ? ['bypassrls'] : []),
    ...(role.connectionLimit === -1 ? [] : [`connection limit ${role.connectionLimit}`]),
  ]
  return [
    sql`create role ${name} with ${join(attributes.map(asWritten), sql` `)}`,
    // Postgres 16 and later let the maker administer a role, but not become it until she says so.
    sql`grant ${name} to current_user`,
    ...(role.usableByApi ? [sql`grant ${name} to "authenticator"`] : []),
    ...role.memberOf.map((group) => sql`grant ${identifier(group)} to ${name}`),
  ]
}

/** `verifier` is what Postgres keeps of a password. */
export function setPassword(role: string, verifier: string): Sql {
  return sql`alter role ${identifier(role)} password ${literal(verifier)}`
}

/** What it owns goes to the present role, and its privileges end: a role that has any cannot be dropped. */
export function disown(role: string): readonly Sql[] {
  return [sql`reassign owned by ${identifier(role)} to current_user`, sql`drop owned by ${identifier(role)}`]
}

/** DROP ROLE, which Postgres refuses while the role owns anything or has a privilege. */
export function dropRole(role: string): Sql {
  return sql`drop role ${identifier(role)}`
}
