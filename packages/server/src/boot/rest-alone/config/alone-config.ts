// The stand-alone door's configuration in the terms of the parts it is made of.

import type { RelationName } from '../../../catalog/catalog.ts'
import type { VerificationKey } from '../../../identity/keys/verification-key.ts'
import type { RestConfig } from '../../../rest/config.ts'
import { defaultRequestLimits, type RootMode } from '../../../rest/request/request-config.ts'
import { parseRoleClaimKey, type RoleClaimKey } from '../token/role-claim-key.ts'
import { parseTokenKeys } from '../token/token-keys.ts'
import type { Parameters, ReadParameters } from './parameters.ts'

/** The release of PostgREST whose behaviour this follows. */
export const FOLLOWS = '17'

export type LogLevel = Parameters['log-level']

export interface AloneConfig {
  readonly rest: RestConfig
  readonly database: DatabaseConfig
  readonly token: TokenConfig
  readonly server: BindConfig
  /** Null: no admin server. */
  readonly admin: BindConfig | null
  /** Origins that browsers may call from; null allows all. */
  readonly allowedOrigins: readonly string[] | null
  /** Request header that is sent back on every response; null for none. */
  readonly traceHeader: string | null
  readonly log: { readonly level: LogLevel; readonly query: boolean }
}

export interface DatabaseConfig {
  readonly uri: string
  readonly poolSize: number
  /** Milliseconds. */
  readonly acquireTimeout: number
  readonly idleTimeout: number
  readonly lifetime: number
  /** False: the process ends where the database cannot be reached. */
  readonly recovers: boolean
  readonly preparedStatements: boolean
  /** Channel of NOTIFY, or null where nothing listens. */
  readonly channel: string | null
  readonly hoistedSettings: readonly string[]
  /** Settings of the login role configure the door too. */
  readonly configures: boolean
  /** Function that sets more of them; null for none. */
  readonly preConfig: RelationName | null
}

export interface TokenConfig {
  readonly keys: readonly VerificationKey[] | null
  readonly audience: string | null
  readonly roleKey: RoleClaimKey
  readonly cacheSize: number
}

/** Where a server listens: a Unix socket where there is one, else host and port. */
export interface BindConfig {
  /** PostgREST's words for any address (`!4`, `*6`, …) among them. */
  readonly host: string
  readonly port: number
  readonly reusePort: boolean
  readonly socket: { readonly path: string; readonly mode: number } | null
}

/** Throws RangeError for a secret that is too short. */
export function aloneConfig({ parameters, appSettings }: ReadParameters): AloneConfig {
  const origins = parameters['server-cors-allowed-origins']
  return {
    rest: restConfig(parameters, appSettings),
    database: databaseConfig(parameters),
    token: tokenConfig(parameters),
    server: serverBind(parameters),
    admin: adminBind(parameters),
    allowedOrigins: origins.length === 0 ? null : origins,
    traceHeader: parameters['server-trace-header'],
    log: { level: parameters['log-level'], query: parameters['log-query'] },
  }
}

function restConfig(parameters: Parameters, appSettings: ReadonlyMap<string, string>): RestConfig {
  const end = parameters['db-tx-end']
  return {
    schemas: parameters['db-schemas'],
    extraSearchPath: parameters['db-extra-search-path'],
    root: rootMode(parameters),
    limits: defaultRequestLimits,
    maxRows: parameters['db-max-rows'],
    aggregatesEnabled: parameters['db-aggregates-enabled'],
    planEnabled: parameters['db-plan-enabled'],
    legacyTargetNames: parameters['url-use-legacy-target-names'],
    anonymousRole: parameters['db-anon-role'],
    preRequest: qualifiedName(parameters['db-pre-request']),
    openApi: {
      followsPrivileges: parameters['openapi-mode'] !== 'ignore-privileges',
      securityActive: parameters['openapi-security-active'],
      serverUrl: parameters['openapi-server-proxy-uri'] ?? ownAddress(parameters),
    },
    transactionEnd: end.startsWith('rollback') ? 'rollback' : 'commit',
    transactionOverride: end.endsWith('-allow-override'),
    appSettings: [...appSettings],
    requireFilter: false,
    errorVerbosity: parameters['client-error-verbosity'],
    explains: false,
    serverTiming: parameters['server-timing-enabled'],
    server: { product: 'postgrest', version: FOLLOWS },
  }
}

function databaseConfig(parameters: Parameters): DatabaseConfig {
  return {
    uri: parameters['db-uri'],
    poolSize: parameters['db-pool'],
    acquireTimeout: parameters['db-pool-acquisition-timeout'] * 1000,
    idleTimeout: parameters['db-pool-max-idletime'] * 1000,
    lifetime: parameters['db-pool-max-lifetime'] * 1000,
    recovers: parameters['db-pool-automatic-recovery'],
    preparedStatements: parameters['db-prepared-statements'],
    channel: parameters['db-channel-enabled'] ? parameters['db-channel'] : null,
    hoistedSettings: parameters['db-hoisted-tx-settings'],
    configures: parameters['db-config'],
    preConfig: qualifiedName(parameters['db-pre-config']),
  }
}

function tokenConfig(parameters: Parameters): TokenConfig {
  const secret = parameters['jwt-secret']
  return {
    keys: secret === null ? null : parseTokenKeys(secret),
    audience: parameters['jwt-aud'],
    roleKey: parseRoleClaimKey(parameters['jwt-role-claim-key']),
    cacheSize: parameters['jwt-cache-max-entries'],
  }
}

function serverBind(parameters: Parameters): BindConfig {
  return {
    host: parameters['server-host'],
    port: parameters['server-port'],
    reusePort: parameters['server-reuseport'],
    socket: socketOf(parameters['server-unix-socket'], parameters['server-unix-socket-mode']),
  }
}

function adminBind(parameters: Parameters): BindConfig | null {
  const port = parameters['admin-server-port']
  const socket = socketOf(parameters['admin-server-unix-socket'], parameters['admin-server-unix-socket-mode'])
  if (port === null && socket === null) return null
  return { host: parameters['admin-server-host'], port: port ?? 0, reusePort: false, socket }
}

function socketOf(path: string | null, mode: string): BindConfig['socket'] {
  return path === null ? null : { path, mode: Number.parseInt(mode, 8) }
}

/** Special host names are shown as the address of any. */
function ownAddress(parameters: Parameters): string {
  const { 'server-host': host, 'server-port': port } = parameters
  return `http://${isSpecialHost(host) ? '0.0.0.0' : host}:${port}`
}

/** PostgREST's words for "any address". */
export function isSpecialHost(host: string): boolean {
  return ['*', '*4', '!4', '*6', '!6'].includes(host)
}

function rootMode(parameters: Parameters): RootMode {
  if (parameters['openapi-mode'] === 'disabled') return { kind: 'disabled' }
  const routine = qualifiedName(parameters['db-root-spec'])
  return routine === null ? { kind: 'describe' } : { kind: 'routine', name: routine.name }
}

function qualifiedName(text: string | null): RelationName | null {
  if (text === null) return null
  const dot = text.indexOf('.')
  return dot < 0 ? { schema: '', name: text } : { schema: text.slice(0, dot), name: text.slice(dot + 1) }
}
