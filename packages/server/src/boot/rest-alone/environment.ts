// The stand-alone door's configuration: PostgREST's parameters as PGRST_* environment variables. What a
// parameter means and defaults to is PostgREST's documentation's business.

import { readFileSync } from 'node:fs'
import type { RelationName } from '../../catalog/catalog.ts'
import type { Setting } from '../../database/statement.ts'
import type { RestConfig } from '../../rest/config.ts'
import { defaultRequestLimits, type RootMode } from '../../rest/request/request-config.ts'

export type Environment = Readonly<Record<string, string | undefined>>

export interface AloneConfig {
  readonly rest: RestConfig
  readonly database: {
    readonly uri: string
    readonly poolSize: number
    /** Milliseconds. */
    readonly acquireTimeout: number
    readonly idleTimeout: number
    readonly preparedStatements: boolean
    /** Channel of NOTIFY, or null where nothing listens. */
    readonly channel: string | null
    readonly hoistedSettings: readonly string[]
    /** Settings of the login role configure the door too. */
    readonly configures: boolean
    /** Function that sets more of them; null for none. */
    readonly preConfig: RelationName | null
  }
  readonly token: {
    readonly secret: Buffer | null
    readonly audience: string | null
    readonly rolePath: string
    readonly cacheSize: number
  }
  readonly server: { readonly host: string; readonly port: number }
  /** Null: no admin server. */
  readonly admin: { readonly host: string; readonly port: number } | null
  /** Origins that browsers may call from; null allows all. */
  readonly allowedOrigins: readonly string[] | null
  /** Request header that is sent back on every response; null for none. */
  readonly traceHeader: string | null
}

/** The release of PostgREST whose behaviour this follows. */
const follows = '17'

/** Reads the configuration. Throws RangeError naming the variable that is wrong. */
export function readEnvironment(env: Environment): AloneConfig {
  const text = (name: string): string | null => emptyToNull(env[`PGRST_${name}`])
  const host = bindAddress(text('SERVER_HOST'))
  const port = wholeNumber('SERVER_PORT', text('SERVER_PORT'), 3000)
  const adminPort = text('ADMIN_SERVER_PORT')
  return {
    rest: readRest(env, text, `http://${host}:${port}`),
    database: readDatabase(text),
    token: readToken(text),
    server: { host, port },
    admin:
      adminPort === null
        ? null
        : {
            host: bindAddress(text('ADMIN_SERVER_HOST') ?? host),
            port: wholeNumber('ADMIN_SERVER_PORT', adminPort, 0),
          },
    allowedOrigins: listOrNull(text('SERVER_CORS_ALLOWED_ORIGINS')),
    traceHeader: text('SERVER_TRACE_HEADER'),
  }
}

type Text = (name: string) => string | null

function readRest(env: Environment, text: Text, ownUrl: string): RestConfig {
  const transactionEnd = text('DB_TX_END') ?? 'commit'
  const maxRows = text('DB_MAX_ROWS') ?? text('MAX_ROWS')
  return {
    schemas: exposedSchemas(text('DB_SCHEMAS') ?? text('DB_SCHEMA')),
    // An empty value means none here, which is not the same as its absence.
    extraSearchPath: listOrNull(env['PGRST_DB_EXTRA_SEARCH_PATH'] ?? 'public') ?? [],
    root: rootMode(text),
    limits: defaultRequestLimits,
    maxRows: maxRows === null ? null : wholeNumber('DB_MAX_ROWS', maxRows, 0),
    aggregatesEnabled: truth('DB_AGGREGATES_ENABLED', text('DB_AGGREGATES_ENABLED'), false),
    planEnabled: truth('DB_PLAN_ENABLED', text('DB_PLAN_ENABLED'), false),
    legacyTargetNames: truth('URL_USE_LEGACY_TARGET_NAMES', text('URL_USE_LEGACY_TARGET_NAMES'), true),
    anonymousRole: text('DB_ANON_ROLE'),
    preRequest: qualifiedName(text('DB_PRE_REQUEST') ?? text('PRE_REQUEST')),
    openApi: {
      followsPrivileges: text('OPENAPI_MODE') !== 'ignore-privileges',
      securityActive: truth('OPENAPI_SECURITY_ACTIVE', text('OPENAPI_SECURITY_ACTIVE'), false),
      serverUrl: text('OPENAPI_SERVER_PROXY_URI') ?? ownUrl,
    },
    transactionEnd: transactionEnd.startsWith('rollback') ? 'rollback' : 'commit',
    transactionOverride: transactionEnd.endsWith('-allow-override'),
    appSettings: appSettings(env),
    requireFilter: false,
    errorVerbosity: text('CLIENT_ERROR_VERBOSITY') === 'minimal' ? 'minimal' : 'verbose',
    explains: false,
    serverTiming: truth('SERVER_TIMING_ENABLED', text('SERVER_TIMING_ENABLED'), false),
    server: { product: 'postgrest', version: follows },
  }
}

const defaultHoisted = 'statement_timeout, plan_filter.statement_cost_limit, default_transaction_isolation'

function readDatabase(text: Text): AloneConfig['database'] {
  const seconds = (name: string, value: string | null, fallback: number): number =>
    wholeNumber(name, value, fallback) * 1000
  const listens = truth('DB_CHANNEL_ENABLED', text('DB_CHANNEL_ENABLED'), true)
  return {
    uri: fileOrText(text('DB_URI') ?? 'postgresql://'),
    poolSize: wholeNumber('DB_POOL', text('DB_POOL'), 10),
    acquireTimeout: seconds('DB_POOL_ACQUISITION_TIMEOUT', text('DB_POOL_ACQUISITION_TIMEOUT'), 10),
    idleTimeout: seconds('DB_POOL_MAX_IDLETIME', text('DB_POOL_MAX_IDLETIME') ?? text('DB_POOL_TIMEOUT'), 30),
    preparedStatements: truth('DB_PREPARED_STATEMENTS', text('DB_PREPARED_STATEMENTS'), true),
    channel: listens ? (text('DB_CHANNEL') ?? 'pgrst') : null,
    hoistedSettings: listOrNull(text('DB_HOISTED_TX_SETTINGS') ?? defaultHoisted) ?? [],
    configures: truth('DB_CONFIG', text('DB_CONFIG'), true),
    preConfig: qualifiedName(text('DB_PRE_CONFIG')),
  }
}

function readToken(text: Text): AloneConfig['token'] {
  const secret = text('JWT_SECRET')
  const isBase64 = truth('JWT_SECRET_IS_BASE64', text('JWT_SECRET_IS_BASE64') ?? text('SECRET_IS_BASE64'), false)
  const written = secret === null ? null : fileOrText(secret)
  return {
    secret: written === null ? null : Buffer.from(written, isBase64 ? 'base64' : 'utf8'),
    audience: text('JWT_AUD'),
    rolePath: text('JWT_ROLE_CLAIM_KEY') ?? text('ROLE_CLAIM_KEY') ?? '$.role',
    cacheSize: wholeNumber('JWT_CACHE_MAX_ENTRIES', text('JWT_CACHE_MAX_ENTRIES'), 1000),
  }
}

function exposedSchemas(text: string | null): readonly string[] {
  const schemas = listOrNull(text) ?? ['public']
  const internal = schemas.find((schema) => schema === 'pg_catalog' || schema === 'information_schema')
  if (internal !== undefined) throw new RangeError(`PGRST_DB_SCHEMAS does not allow schema: '${internal}'`)
  return schemas
}

function rootMode(text: Text): RootMode {
  if (text('OPENAPI_MODE') === 'disabled') return { kind: 'disabled' }
  const routine = qualifiedName(text('DB_ROOT_SPEC') ?? text('ROOT_SPEC'))
  return routine === null ? { kind: 'describe' } : { kind: 'routine', name: routine.name }
}

/** `PGRST_APP_SETTINGS_APP_HOST` is `app.settings.app_host`. */
function appSettings(env: Environment): readonly Setting[] {
  const prefix = 'PGRST_APP_SETTINGS_'
  return Object.entries(env).flatMap(([name, value]): readonly Setting[] =>
    name.startsWith(prefix) && value !== undefined
      ? [[`app.settings.${name.slice(prefix.length).toLowerCase()}`, value]]
      : [],
  )
}

function qualifiedName(text: string | null): RelationName | null {
  if (text === null) return null
  const dot = text.indexOf('.')
  return dot < 0 ? { schema: '', name: text } : { schema: text.slice(0, dot), name: text.slice(dot + 1) }
}

function emptyToNull(text: string | undefined): string | null {
  return text === undefined || text === '' ? null : text
}

function listOrNull(text: string | null): readonly string[] | null {
  const entries = (text ?? '').split(',').map((entry) => entry.trim())
  const named = entries.filter((entry) => entry !== '')
  return named.length === 0 ? null : named
}

/** `@path` is the content of the file. */
function fileOrText(text: string): string {
  return text.startsWith('@') ? readFileSync(text.slice(1), 'utf8').trim() : text
}

function truth(name: string, text: string | null, fallback: boolean): boolean {
  if (text === null) return fallback
  const word = text.replaceAll('"', '').toLowerCase()
  if (word === 'true' || word === 'false') return word === 'true'
  if (/^\d+$/.test(word)) return Number(word) > 0
  throw new RangeError(`PGRST_${name} must be true or false, not ${text}`)
}

function wholeNumber(name: string, text: string | null, fallback: number): number {
  if (text === null) return fallback
  if (!/^\d+$/.test(text)) throw new RangeError(`PGRST_${name} must be a whole number, not ${text}`)
  return Number(text)
}

/** PostgREST's words for "any address". */
function bindAddress(host: string | null): string {
  if (host === null || host === '!4' || host === '*4' || host === '*') return '0.0.0.0'
  return host === '!6' || host === '*6' ? '::' : host
}
