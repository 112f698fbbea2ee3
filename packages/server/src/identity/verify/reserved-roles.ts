// Roles of the database that no token may name: they log in, own schemas or administrate, and whoever became one
// of them would stand outside of what policies decide.

const named: ReadonlySet<string> = new Set(['authenticator', 'postgres', 'dashboard_user', 'pgbouncer'])
const families = /^(pg|supabase|tenon)_/

/** True for the platform's own login and administration roles and for Postgres' predefined ones. */
export function isReservedRole(role: string): boolean {
  return named.has(role) || families.test(role)
}
