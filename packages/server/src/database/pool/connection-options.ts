// How Postgres is reached. Plain data, turned into what the driver wants in this one place.

import type { ConnectionOptions as TlsOptions } from 'node:tls'
import type { ClientConfig } from 'pg'

/** Where Postgres listens and as whom to sign in. A part given beside `url` replaces the same part of it. */
export interface ConnectionOptions {
  /** `postgresql://user:password@host:port/database?sslmode=…` */
  readonly url?: string
  /** A name, an address, or the folder of a Unix socket. */
  readonly host?: string
  readonly port?: number
  readonly user?: string
  readonly password?: string
  readonly database?: string
  /** Settings for the session, in the form of libpq's `options`. */
  readonly options?: string
  readonly tls?: boolean | TlsOptions
  /** Shown in `pg_stat_activity`. */
  readonly applicationName?: string
  /** How long a new connection may take. Milliseconds. */
  readonly connectTimeout?: number
}

const CONNECT_TIMEOUT = 5_000

/** The driver's form of the options; absent ones are left to the driver's own defaults. */
export function driverConfig(options: ConnectionOptions): ClientConfig {
  return {
    ...(options.url === undefined ? {} : { connectionString: addressed(options.url, options) }),
    ...(options.host === undefined ? {} : { host: options.host }),
    ...(options.port === undefined ? {} : { port: options.port }),
    ...(options.user === undefined ? {} : { user: options.user }),
    ...(options.password === undefined ? {} : { password: options.password }),
    ...(options.database === undefined ? {} : { database: options.database }),
    ...(options.options === undefined ? {} : { options: options.options }),
    ...(options.tls === undefined ? {} : { ssl: options.tls }),
    application_name: options.applicationName ?? 'tenon',
    connectionTimeoutMillis: options.connectTimeout ?? CONNECT_TIMEOUT,
    keepAlive: true,
  }
}

// The driver lets the URL win over everything beside it, and the URL's query over the rest of the URL.
function addressed(url: string, parts: ConnectionOptions): string {
  const { user, password, host, port, database } = parts
  const here =
    database === undefined ? url : url.replace(/^([^:]+:\/\/[^/?]*)(\/[^?]*)?/, `$1/${encodeURIComponent(database)}`)
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries({ user, password, host, port })) {
    if (value !== undefined) query.set(name, String(value))
  }
  if (query.size === 0) return here
  return `${here}${here.includes('?') ? '&' : '?'}${query.toString()}`
}
