// The external engine: somebody else's Postgres, given by its address. Nothing is started or stopped; what the given
// user may not do is found out and told.

import { createHmac } from 'node:crypto'

import { Client } from 'pg'

import { Refusal } from '../../../refusal/refusal.ts'
import type { Degradation } from '../../bootstrap/bootstrap.ts'
import {
  type ConnectionSettings,
  type Engine,
  type EngineStatus,
  type LoginRole,
  loginRoles,
  type Passwords,
} from '../engine.ts'
import { withClient } from '../with-client.ts'
import { missingPrivileges, readStanding, type Standing } from './missing-privileges.ts'
import { parseDatabaseUrl } from './parse-database-url.ts'

const oldestVersion = 15

export interface ExternalOptions {
  readonly url: string
  /** From which the login roles' passwords are made where the address has no password; the project's JWT secret. */
  readonly secret: string
}

export interface ExternalEngine extends Engine {
  readonly kind: 'external'
  /** Features lost to missing privileges, as far as the given user's standing tells before the bootstrap. */
  readonly degradations: readonly Degradation[]
}

/** Refuses with `engine.address-invalid`, `engine.unreachable` and `engine.version-unsupported`. */
export async function connectExternal(options: ExternalOptions): Promise<ExternalEngine> {
  const given = parseDatabaseUrl(options.url)
  const { standing, version } = await meet(given)
  if (Math.floor(standing.version / 10_000) < oldestVersion) {
    throw new Refusal(
      'engine.version-unsupported',
      { version, supported: '15 to 18' },
      { fix: 'Move the data to Postgres 15 or later.' },
    )
  }
  return new GivenPostgres(given, standing, version, derivePasswords(given.password || options.secret))
}

async function meet(given: ConnectionSettings): Promise<{ standing: Standing; version: string }> {
  const client = new Client({ ...given, connectionTimeoutMillis: 10_000 })
  try {
    await client.connect()
    const { rows } = await client.query<{ version: string }>("select current_setting('server_version') as version")
    return { standing: await readStanding(client), version: rows[0]?.version.split(' ')[0] ?? '' }
  } catch (error) {
    const reason =
      error instanceof Error ? error.message || String((error as NodeJS.ErrnoException).code) : String(error)
    throw new Refusal(
      'engine.unreachable',
      { host: given.host, port: given.port, reason },
      { fix: 'Check the address, the password, and that Postgres accepts connections from here.', cause: error },
    )
  } finally {
    await client.end().catch(() => null)
  }
}

/** Any number of servers over one Postgres come to the same passwords without telling each other. */
function derivePasswords(secret: string): Passwords {
  const derive = (role: string): string =>
    createHmac('sha256', secret).update(`tenon login ${role}`).digest('base64url')
  return Object.fromEntries(loginRoles.map((role) => [role, derive(role)])) as Passwords
}

interface FoundRole {
  readonly role: LoginRole
  /** Made by the bootstrap, and no more powerful than it makes roles for a user such as the given one. */
  readonly own: boolean
  readonly adoptable: boolean
}

/** Before version 16 every member may take a role on. */
const findRoles = `
  select rolname as role,
    coalesce(shobj_description(oid, 'pg_authid') = 'made by tenon', false)
      and (not rolsuper or (select rolsuper from pg_roles where rolname = current_user)) as own,
    pg_has_role(oid, case when current_setting('server_version_num')::int < 160000 then 'MEMBER' else 'SET' end) as adoptable
  from pg_roles where rolname = any ($1)`

class GivenPostgres implements ExternalEngine {
  readonly kind = 'external'
  readonly owned = false
  readonly passwords: Passwords
  readonly degradations: readonly Degradation[]
  private readonly given: ConnectionSettings
  private readonly version: string
  private readonly ownLogins = new Set<LoginRole>()
  /** Roles that are not there, or that the given user may not take on. */
  private readonly beyondUs = new Set<LoginRole>()

  constructor(given: ConnectionSettings, standing: Standing, version: string, passwords: Passwords) {
    this.given = given
    this.version = version
    this.passwords = passwords
    this.degradations = missingPrivileges(standing)
  }

  adminConnection(database = this.given.database): ConnectionSettings {
    return { ...this.given, database }
  }

  connection(role: LoginRole, database = this.given.database): ConnectionSettings {
    if (this.ownLogins.has(role)) return { ...this.given, database, user: role, password: this.passwords[role] }
    return { ...this.given, database, ...(!this.beyondUs.has(role) && standIn(role)) }
  }

  /** Only roles that the bootstrap made count: where anybody is let in, a login that succeeds proves nothing. */
  async checkLogins(roles: readonly LoginRole[]): Promise<void> {
    const known = await this.find(roles)
    const adoptable = new Set(known.filter((found) => found.adoptable).map(({ role }) => role))
    for (const role of roles) if (!adoptable.has(role)) this.beyondUs.add(role)
    const own = known.filter((found) => found.own).map(({ role }) => role)
    await Promise.all(own.map(async (role) => (await this.letsIn(role)) && this.ownLogins.add(role)))
  }

  private async find(roles: readonly LoginRole[]): Promise<readonly FoundRole[]> {
    const { rows } = await withClient(this.given, (client) => client.query<FoundRole>(findRoles, [roles]))
    return rows
  }

  private async letsIn(role: LoginRole): Promise<boolean> {
    const client = new Client({ ...this.given, user: role, password: this.passwords[role] })
    try {
      await client.connect()
      return true
    } catch {
      return false
    } finally {
      await client.end().catch(() => null)
    }
  }

  status(): EngineStatus {
    const { host, port } = this.given
    const standIns = loginRoles.filter((role) => !this.ownLogins.has(role))
    const notes = standIns.includes('authenticator') ? [`User ${this.given.user} stands in for authenticator.`] : []
    return {
      kind: 'external',
      state: 'running',
      version: this.version,
      host,
      port,
      folder: null,
      pid: null,
      runsAs: null,
      notes,
    }
  }

  async stop(): Promise<void> {}

  async [Symbol.asyncDispose](): Promise<void> {}
}

/**
 * The given user takes the role on as the connection begins. Not authenticator: that one has no rights of its own,
 * and the given user must be able to take on any role that a token names.
 */
function standIn(role: LoginRole): Pick<ConnectionSettings, 'options'> {
  const isPlain = role === 'authenticator' || role === 'supabase_admin' || role === 'postgres'
  return isPlain ? {} : { options: `-c role=${role}` }
}
