// Reads `supabase/config.toml` with Supabase's keys and ours. Every key is accepted; what does not apply
// here yet is named once in `warnings`. Flags of the command override the file.

import { existsSync, readFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { parseEnv } from 'node:util'

import { parse as parseToml } from 'smol-toml'

import { defaultJwtSecret } from '../../identity/api-keys/legacy-keys.ts'
import { Refusal } from '../../refusal/refusal.ts'
import { defaultRequestLimits } from '../../rest/request/request-config.ts'
import {
  type ApiConfig,
  type AuthConfig,
  type ClerkConfig,
  type DatabaseConfig,
  type DatabaseProject,
  type DeliveryConfig,
  type LimitsConfig,
  type MailboxConfig,
  type MirrorConfig,
  type ProjectConfig,
  type WebhookConfig,
} from './project-config.ts'
import { readClerkInstances } from './read-clerk-instances.ts'
import { readRealtime } from './read-realtime.ts'
import { readStorage } from './read-storage.ts'
import { readStudio } from './read-studio.ts'
import { ConfigSection } from './section.ts'
import { substituteEnvironment } from './substitute-environment.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** What the command line may say over the file. */
export interface ConfigOverrides {
  readonly databaseUrl?: string | undefined
  readonly host?: string | undefined
  readonly apiPort?: number | undefined
  readonly dbPort?: number | undefined
  readonly mailboxPort?: number | undefined
  readonly clerkPort?: number | undefined
  readonly studioPort?: number | undefined
}

/** A Clerk development suffix with one more label, which resolves nowhere. */
const LOCAL_SUFFIX = '.local.clerk.accounts.dev'
const LOCAL_DOMAIN = /^[a-z0-9-]+\.local\.clerk\.accounts\.dev$/
const MEBIBYTE = 1024 * 1024
const SECOND = 1000
const DAY = 86_400 * SECOND
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|::1|\[::1\])$/

/** True for an address that only this machine can reach. */
export function isLoopback(host: string): boolean {
  return LOOPBACK.test(host)
}

/**
 * Reads the project in `projectDir`. Refuses `boot.config-invalid` with the dotted key.
 * Key names follow Supabase's CLI; `[clerk]`, `[api] host | require_apikey | explain | …` are ours.
 */
export function readProjectConfig(
  projectDir: string,
  environment: Environment,
  overrides: ConfigOverrides = {},
): ProjectConfig {
  return parseProjectConfig(textOf(projectDir), projectDir, environment, overrides)
}

/** As `readProjectConfig`, but API keys, keys of the S3 protocol and Studio's password may wait for variables that are not set. */
export function readDatabaseProject(
  projectDir: string,
  environment: Environment,
  overrides: ConfigOverrides = {},
): DatabaseProject {
  return parseWhole(textOf(projectDir), { projectDir, environment, overrides, opensDoors: false })
}

/** Where a project has its configuration, whether or not there is one. */
export function configFileOf(projectDir: string): string {
  return join(resolve(projectDir), 'supabase', 'config.toml')
}

/** Where a project keeps its state. Nothing is read for it: what runs is found even where its configuration is broken. */
export function stateDirOf(projectDir: string): string {
  return join(resolve(projectDir), '.tenon')
}

/** The configuration that the file would give if this were its text. Refuses as `readProjectConfig` does. */
export function parseProjectConfig(
  text: string,
  projectDir: string,
  environment: Environment,
  overrides: ConfigOverrides = {},
): ProjectConfig {
  return parseWhole(text, { projectDir, environment, overrides, opensDoors: true })
}

interface Reading {
  readonly projectDir: string
  readonly environment: Environment
  readonly overrides: ConfigOverrides
  /** What lets people in is in use. */
  readonly opensDoors: boolean
}

function parseWhole(text: string, { projectDir, environment, overrides, opensDoors }: Reading): ProjectConfig {
  const supabaseDir = join(resolve(projectDir), 'supabase')
  const file = configFileOf(projectDir)
  const production = environment['NODE_ENV'] === 'production'
  const variables = { ...dotEnv(projectDir), ...dotEnv(supabaseDir), ...environment }
  const root = new ConfigSection(parseText(text, file, variables), '', file)
  const projectId = root.string('project_id', basename(resolve(projectDir)))
  const api = readApi(root.section('api'), overrides, production)
  const db = readDatabase(root.section('db'), overrides)
  const auth = readAuth(root.section('auth'), opensDoors)
  const mailbox = readMailbox(root, overrides, production)
  const studio = readStudio(root.section('studio'), { studioPort: overrides.studioPort, production, opensDoors })
  const clerk = readClerk(root.section('clerk'), overrides, builtInDomain(auth, root.table('clerk'), projectId))
  return {
    kind: 'project-config',
    projectId,
    projectDir: resolve(projectDir),
    supabaseDir,
    stateDir: stateDirOf(projectDir),
    production,
    api,
    db,
    auth,
    clerk,
    mailbox,
    studio: studio.config,
    realtime: readRealtime(root.section('realtime'), api.corsOrigins),
    storage: readStorage(root.section('storage'), { stateDir: stateDirOf(projectDir), supabaseDir, opensDoors }),
    warnings: [...unreadWarning(root.unread(), file), ...studio.warnings],
  }
}

function readApi(section: ConfigSection, overrides: ConfigOverrides, production: boolean): ApiConfig {
  const host = overrides.host ?? section.string('host', '127.0.0.1')
  section.boolean('enabled', true)
  const tls = section.section('tls')
  const tlsEnabled = tls.boolean('enabled', false)
  const certificate = tlsEnabled ? tls.required('cert_path') : tls.string('cert_path', '')
  const key = tlsEnabled ? tls.required('key_path') : tls.string('key_path', '')
  return {
    host,
    port: overrides.apiPort ?? section.port('port', 54_321),
    schemas: section.strings('schemas', ['public', 'graphql_public']).filter((schema) => schema !== ''),
    extraSearchPath: section.strings('extra_search_path', ['public', 'extensions']),
    maxRows: section.integer('max_rows', 1000, 0, Number.MAX_SAFE_INTEGER) || null,
    autoExposeNewTables: section.boolean('auto_expose_new_tables', true),
    aggregatesEnabled: section.boolean('aggregates_enabled', false),
    requireApiKey: section.optionalBoolean('require_apikey') ?? (production || !isLoopback(host)),
    refuseSecretKeysInBrowsers: section.boolean('refuse_secret_keys_in_browsers', production),
    allowDevelopmentKeys: section.boolean('allow_development_keys', false),
    explain: section.optionalBoolean('explain') ?? !production,
    corsOrigins: section.strings('cors_origins', ['*']),
    tls: tlsEnabled ? { certificate, key } : null,
    limits: readLimits(section.section('limits')),
  }
}

function readLimits(section: ConfigSection): LimitsConfig {
  return {
    body: section.integer('body', 50 * MEBIBYTE, 1, Number.MAX_SAFE_INTEGER),
    header: section.integer('header', 64 * 1024, 1024, 16 * MEBIBYTE),
    url: section.integer('url', 32 * 1024, 256, 16 * MEBIBYTE),
    queryBody: section.integer('query_body', defaultRequestLimits.queryBodyLength, 1, 64 * MEBIBYTE),
    // The readers go down one call for each level; what they may be given keeps far from the end of the stack.
    jsonDepth: section.integer('json_depth', defaultRequestLimits.jsonDepth, 1, 1000),
    embedDepth: section.integer('embed_depth', defaultRequestLimits.embedDepth, 0, 100),
    logicDepth: section.integer('logic_depth', defaultRequestLimits.logicDepth, 1, 100),
    // Postgres takes at most 65535 values in one statement.
    filters: section.integer('filters', defaultRequestLimits.filters, 1, 10_000),
  }
}

function readDatabase(section: ConfigSection, overrides: ConfigOverrides): DatabaseConfig {
  const migrations = section.section('migrations')
  const seed = section.section('seed')
  section.port('shadow_port', 54_320)
  return {
    url: overrides.databaseUrl ?? section.key('url'),
    port: overrides.dbPort ?? section.port('port', 54_322),
    majorVersion: section.integer('major_version', 18, 1, 99),
    poolSize: section.integer('pool_size', 10, 1, 1000),
    migrationsEnabled: migrations.boolean('enabled', true),
    seedEnabled: seed.boolean('enabled', true),
    seedPaths: seed.strings('sql_paths', ['./seed.sql']),
  }
}

function readAuth(section: ConfigSection, opensDoors: boolean): AuthConfig {
  const jwtSecret = section.key('jwt_secret') ?? defaultJwtSecret
  section.boolean('enabled', true)
  return {
    jwtSecret,
    jwtExpiry: section.integer('jwt_expiry', 3600, 30, 604_800),
    signingKeysPath: section.optionalString('signing_keys_path'),
    publishableKey: section.key('publishable_key', opensDoors),
    secretKey: section.key('secret_key', opensDoors),
    anonKey: section.key('anon_key', opensDoors),
    serviceRoleKey: section.key('service_role_key', opensDoors),
    thirdParty: section.table('third_party'),
  }
}

/** Upstream's names for it, `[local_smtp]` and before that `[inbucket]`, say whether and on which port where `[mailbox]` does not. */
function readMailbox(root: ConfigSection, overrides: ConfigOverrides, production: boolean): MailboxConfig {
  const section = root.section('mailbox')
  const older = root.section('inbucket')
  const upstream = root.section('local_smtp')
  const enabled = upstream.boolean('enabled', older.boolean('enabled', true))
  const port = upstream.port('port', older.port('port', 54_324))
  return {
    enabled: section.optionalBoolean('enabled') ?? (enabled && !production),
    host: section.string('host', '127.0.0.1'),
    port: overrides.mailboxPort ?? section.port('port', port),
    allowProduction: section.boolean('allow_production', false),
  }
}

function readClerk(section: ConfigSection, overrides: ConfigOverrides, domain: string): ClerkConfig {
  const enabled = section.boolean('enabled', true)
  const mirror = readMirror(section.section('mirror'), enabled)
  const areInUse = enabled || (mirror.enabled && mirror.secretKey === null)
  return {
    enabled,
    host: section.string('host', '127.0.0.1'),
    port: overrides.clerkPort ?? section.port('port', 54_325),
    allowProduction: section.boolean('allow_production', false),
    instances: readClerkInstances(section, { domain, areInUse }),
    webhooks: section.sections('webhooks').map((webhook) => readWebhook(webhook, enabled)),
    mirror,
    delivery: readDelivery(section.section('webhook_delivery'), section.integer('retention_days', 30, 1, 36_500)),
  }
}

function readWebhook(section: ConfigSection, areInUse: boolean): WebhookConfig {
  const url = section.required('url')
  return {
    name: section.string('name', url),
    url,
    secret: section.key('secret', areInUse),
    events: section.strings('events', []),
    enabled: section.boolean('enabled', true),
  }
}

/** Without the built-in instance the secret is Clerk's, and has to be given. */
function readMirror(section: ConfigSection, builtIn: boolean): MirrorConfig {
  const enabled = section.boolean('enabled', false)
  const needsSecret = enabled && !builtIn
  return {
    enabled,
    schema: section.schema('schema', 'public'),
    webhookSecret: needsSecret ? section.required('webhook_secret') : section.key('webhook_secret', enabled),
    apiUrl: section.optionalString('api_url'),
    secretKey: section.key('secret_key', enabled),
  }
}

function readDelivery(section: ConfigSection, retentionDays: number): DeliveryConfig {
  const seconds = section.integers('retry_delays', [])
  return {
    retryDelays: seconds.length === 0 ? null : seconds.map((delay) => delay * SECOND),
    patience: section.integer('timeout', 0, 0, 3600) * SECOND || null,
    lease: section.integer('lease', 0, 0, 7200) * SECOND || null,
    retention: retentionDays * DAY,
  }
}

/**
 * The domain that the project already trusts where it is a local one, else one made of the project's name. One with a
 * label more, or one that another instance is given, is not the default instance's.
 */
function builtInDomain(
  { thirdParty }: AuthConfig,
  { instances = {} }: Readonly<Record<string, unknown>>,
  projectId: string,
): string {
  const { clerk } = thirdParty
  const trusted = typeof clerk === 'object' && clerk !== null && 'domain' in clerk ? [clerk.domain].flat() : []
  const hosts = trusted.map((domain) =>
    String(domain)
      .replace(/^https:\/\//, '')
      .replace(/\/$/, ''),
  )
  const others = Object.entries(instances ?? {}).filter(([name]) => name !== 'default')
  const taken = new Set(others.map(([, instance]) => (instance as { readonly domain?: unknown } | null)?.domain))
  const own = hosts.find((host) => LOCAL_DOMAIN.test(host) && !taken.has(host))
  return own ?? `${domainLabel(projectId)}${LOCAL_SUFFIX}`
}

/** A project's name as one DNS label. */
function domainLabel(projectId: string): string {
  const label = projectId
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
  return label.slice(0, 63) || 'project'
}

function textOf(projectDir: string): string {
  const file = configFileOf(projectDir)
  return existsSync(file) ? readFileSync(file, 'utf8') : ''
}

function parseText(text: string, file: string, variables: Environment): Record<string, unknown> {
  try {
    return substituteEnvironment(parseToml(text), variables) as Record<string, unknown>
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error)
    throw new Refusal('boot.config-invalid', { file, key: '', problem }, { cause: error })
  }
}

function dotEnv(folder: string): Environment {
  const found = ['.env', '.env.local'].map((name) => join(folder, name)).filter((file) => existsSync(file))
  return Object.assign({}, ...found.map((file) => parseEnv(readFileSync(file, 'utf8'))))
}

/** One sentence for all keys that have no effect here, by their section. */
function unreadWarning(unread: readonly string[], file: string): readonly string[] {
  if (unread.length === 0) return []
  return [`${file}: read, but without effect here: ${unread.join(', ')}`]
}
