// People for tests of policies: the claims a Clerk session token would carry, in either version, and a
// query asked the way the server asks it: as the token's role, with the claims in force, in one transaction.

import { type ClientBase, DatabaseError } from 'pg'

/** Claims by name, as they stand in a verified token. */
export type Claims = Readonly<Record<string, unknown>>

/** Somebody with a Clerk session. */
export interface Person {
  readonly user: string
  /** The active organisation and the role in it, without Clerk's `org:` prefix. */
  readonly organization?: { readonly id: string; readonly role: string }
  /** Minutes since the second factor; absent where none was verified. */
  readonly secondFactorAge?: number
}

/** The claims of a version-1 session token: flat `org_*` names, roles with their prefix. */
export function claimsV1(person: Person): Claims {
  const { organization } = person
  return {
    ...common(person),
    ...(organization && { org_id: organization.id, org_role: `org:${organization.role}` }),
  }
}

/** The claims of a version-2 session token: the organisation under `o`, roles bare. */
export function claimsV2(person: Person): Claims {
  const { organization } = person
  return { ...common(person), v: 2, ...(organization && { o: { id: organization.id, rol: organization.role } }) }
}

function common({ user, secondFactorAge }: Person): Claims {
  return { sub: user, role: 'authenticated', fva: [0, secondFactorAge ?? -1] }
}

/** What came of a query: its rows, or the SQLSTATE with which Postgres refused it. */
export type Outcome<Row> = { readonly rows: readonly Row[] } | { readonly refused: string }

/**
 * Asks as the caller that `claims` describe, or as `anon` for null, and keeps what was written.
 * `client` must be allowed to take the role (the authenticator, or a superuser).
 */
export async function askAs<Row extends object>(
  client: ClientBase,
  claims: Claims | null,
  text: string,
  values: readonly unknown[] = [],
): Promise<Outcome<Row>> {
  await client.query('begin')
  try {
    await client.query(`select set_config('request.jwt.claims', $1, true), set_config('role', $2, true)`, [
      JSON.stringify(claims ?? { role: 'anon' }),
      claims?.['role'] ?? 'anon',
    ])
    const { rows } = await client.query<Row>(text, [...values])
    await client.query('commit')
    return { rows }
  } catch (error) {
    await client.query('rollback')
    if (error instanceof DatabaseError && error.code !== undefined) return { refused: error.code }
    throw error
  }
}
