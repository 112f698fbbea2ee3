// What it means to have a Postgres: how to connect to it as whom, how it fares, and how to let go of it. The
// embedded engine runs one of its own, the external engine was given one.

/** Everything `pg` needs to connect. A `host` that begins with a slash is the folder of a Unix socket. */
export interface ConnectionSettings {
  readonly host: string
  readonly port: number
  readonly user: string
  readonly password: string
  readonly database: string
  /** Settings for the session, in the form of libpq's `options`. */
  readonly options?: string
  readonly ssl?: boolean | { readonly rejectUnauthorized: boolean }
}

/** Roles that the server itself logs in as. */
export const loginRoles = [
  'supabase_admin',
  'postgres',
  'authenticator',
  'supabase_auth_admin',
  'supabase_storage_admin',
  'supabase_realtime_admin',
  'supabase_replication_admin',
  'supabase_read_only_user',
  'tenon_clerk',
] as const

export type LoginRole = (typeof loginRoles)[number]

export type Passwords = Readonly<Record<LoginRole, string>>

export interface EngineStatus {
  readonly kind: 'embedded' | 'external'
  /** `restarting` after a crash, until Postgres answers again. */
  readonly state: 'running' | 'restarting' | 'stopped'
  /** As Postgres prints it, such as `18.4`. */
  readonly version: string
  readonly host: string
  readonly port: number
  /** The data folder, null where Postgres is not ours. */
  readonly folder: string | null
  /** Process id of the postmaster, null where it is not ours or not running. */
  readonly pid: number | null
  /** The system user Postgres runs as, where it is not our own. */
  readonly runsAs: string | null
  /** Sentences the operator should know, such as where copies are kept. */
  readonly notes: readonly string[]
}

/** What happens to a running Postgres. Times in milliseconds. */
export type EngineEvent =
  | { readonly kind: 'crashed'; readonly reason: string; readonly log: string; readonly restartIn: number }
  | { readonly kind: 'restart-failed'; readonly reason: string; readonly attempt: number; readonly restartIn: number }
  | { readonly kind: 'restarted'; readonly attempts: number; readonly downFor: number }

export interface Engine extends AsyncDisposable {
  readonly kind: 'embedded' | 'external'
  /** The cluster is ours alone, so that the bootstrap may hand the database to role `postgres`. */
  readonly owned: boolean
  /** Passwords the bootstrap should give to the login roles it makes. */
  readonly passwords: Passwords
  /** As the superuser, or the most able user we were given. */
  adminConnection(database?: string): ConnectionSettings
  /** As one of the server's own roles; on an external Postgres without that login, as the given user. */
  connection(role: LoginRole, database?: string): ConnectionSettings
  /** Finds out, after the bootstrap, which of these roles can log in, so that `connection` uses them. */
  checkLogins(roles: readonly LoginRole[]): Promise<void>
  status(): EngineStatus
  /** Returns when no process of ours is left. Safe to call twice. */
  stop(): Promise<void>
}

/** A `postgresql://` address over TCP, for people and other programs. */
export function connectionUrl(settings: ConnectionSettings): string {
  const host = settings.host.startsWith('/') ? '127.0.0.1' : settings.host
  const credentials = `${encodeURIComponent(settings.user)}:${encodeURIComponent(settings.password)}`
  const parameters = new URLSearchParams()
  if (settings.options !== undefined) parameters.set('options', settings.options)
  const sslMode = sslModeOf(settings.ssl)
  if (sslMode !== null) parameters.set('sslmode', sslMode)
  const query = parameters.size === 0 ? '' : `?${parameters.toString().replaceAll('+', '%20')}`
  return `postgresql://${credentials}@${host}:${settings.port}/${encodeURIComponent(settings.database)}${query}`
}

/** In the words of the driver, whose `require` would verify the certificate. */
function sslModeOf(ssl: ConnectionSettings['ssl']): 'verify-full' | 'no-verify' | null {
  if (ssl === undefined || ssl === false) return null
  return ssl === true || ssl.rejectUnauthorized ? 'verify-full' : 'no-verify'
}
