// Where a connection string leads: libpq's environment variables and defaults filled in, TLS as libpq understands it.

import { existsSync, readFileSync } from 'node:fs'
import { userInfo } from 'node:os'
import type { ConnectionOptions as TlsOptions } from 'node:tls'
import type { ConnectionOptions } from '../../../database/pool/connection-options.ts'
import type { Environment } from '../config/setting-sources.ts'
import { type ConnectionKeywords, parseConnectionString } from './parse-connection-string.ts'

/** Always with host, port, user and database. */
export interface ConnectionTarget extends ConnectionOptions {
  readonly host: string
  readonly port: number
  readonly user: string
  readonly database: string
  /** `sslmode=prefer`, which is the default: `tls` is false until the server was asked. */
  readonly prefersTls: boolean
}

const variables: Readonly<Record<string, string>> = {
  host: 'PGHOST',
  hostaddr: 'PGHOSTADDR',
  port: 'PGPORT',
  dbname: 'PGDATABASE',
  user: 'PGUSER',
  password: 'PGPASSWORD',
  options: 'PGOPTIONS',
  application_name: 'PGAPPNAME',
  connect_timeout: 'PGCONNECT_TIMEOUT',
  sslmode: 'PGSSLMODE',
  sslcert: 'PGSSLCERT',
  sslkey: 'PGSSLKEY',
  sslrootcert: 'PGSSLROOTCERT',
  service: 'PGSERVICE',
}

/** Folders where distributions, and Postgres itself, put its socket. */
const socketFolders = ['/var/run/postgresql', '/tmp']

/**
 * Throws SyntaxError for a string that libpq would refuse too, and for what only libpq can do: several hosts, a service
 * file. A password that stands nowhere is looked for in libpq's password file by the driver.
 */
export function connectionTarget(uri: string, env: Environment, applicationName: string): ConnectionTarget {
  const keywords = parseConnectionString(uri)
  const value = (keyword: string): string | undefined =>
    keywords.get(keyword) ?? (env[variables[keyword] ?? ''] || undefined)
  if (value('service') !== undefined)
    throw new SyntaxError('db-uri: service files are not read; write the parameters out')
  const port = portOf(value('port') ?? '5432')
  const user = value('user') ?? userInfo().username
  const [password, options, timeout] = [value('password'), value('options'), value('connect_timeout')]
  const mode = value('sslmode') ?? 'prefer'
  return {
    host: hostOf(value('hostaddr') ?? value('host'), port),
    port,
    user,
    database: value('dbname') ?? user,
    ...(password === undefined ? {} : { password }),
    ...(options === undefined ? {} : { options }),
    ...(timeout === undefined ? {} : { connectTimeout: Number(timeout) * 1000 }),
    applicationName: value('application_name') ?? keywords.get('fallback_application_name') ?? applicationName,
    tls: tlsOf(mode, keywords, value),
    prefersTls: mode === 'prefer',
  }
}

function portOf(text: string): number {
  const port = Number(text)
  if (/^\d+$/.test(text) && port > 0 && port < 65_536) return port
  throw new SyntaxError(`db-uri: invalid port number: "${text}"`)
}

function hostOf(host: string | undefined, port: number): string {
  if (host?.includes(',')) throw new SyntaxError('db-uri: only one host can be named')
  if (host !== undefined) return host
  return socketFolders.find((folder) => existsSync(`${folder}/.s.PGSQL.${port}`)) ?? 'localhost'
}

type Value = (keyword: string) => string | undefined

/** `allow` goes without TLS, and `prefer` until the server was asked: they promise nothing that could be checked. */
function tlsOf(mode: string, keywords: ConnectionKeywords, value: Value): boolean | TlsOptions {
  const root = value('sslrootcert')
  if (mode === 'disable' || mode === 'allow' || mode === 'prefer') return false
  if (!['require', 'verify-ca', 'verify-full'].includes(mode)) {
    throw new SyntaxError(`db-uri: invalid sslmode value: "${mode}"`)
  }
  const [cert, key] = [value('sslcert'), value('sslkey')]
  const passphrase = keywords.get('sslpassword')
  return {
    ...(root === undefined || root === 'system' ? {} : { ca: readFileSync(root) }),
    ...(cert === undefined ? {} : { cert: readFileSync(cert) }),
    ...(key === undefined ? {} : { key: readFileSync(key) }),
    ...(passphrase === undefined ? {} : { passphrase }),
    ...checksOf(mode, root),
  }
}

/** As libpq: `require` checks the chain only where there is a root certificate, and only `verify-full` the name. */
function checksOf(mode: string, root: string | undefined): TlsOptions {
  if (mode === 'verify-full' || root === 'system') return {}
  if (mode === 'require' && root === undefined) return { rejectUnauthorized: false }
  return { checkServerIdentity: () => undefined }
}
