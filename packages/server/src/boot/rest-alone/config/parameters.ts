// PostgREST's parameters, each with its default and what it refuses. What a parameter means is PostgREST's
// documentation's business (https://docs.postgrest.org/en/stable/references/configuration.html).

import { readFileSync, statSync } from 'node:fs'
import { parseRoleClaimKey } from '../token/role-claim-key.ts'
import { asText, type SettingSources, type Settings, settingsFrom } from './setting-sources.ts'
import { isProxyAddress, isUri } from './uri-rules.ts'

/** A value as `--dump-config` shows it. Null: not set. */
export type Parameter = string | number | boolean | readonly string[] | null

export type Parameters = ReturnType<typeof readAll>

interface KnownBefore {
  readonly 'db-uri': string
  readonly 'jwt-secret': Buffer | null
}

export interface ReadParameters {
  readonly parameters: Parameters
  /** Full names (`app.settings.x`) and values, in the order of their names. */
  readonly appSettings: ReadonlyMap<string, string>
  /** Sentences about values that were ignored. */
  readonly warnings: readonly string[]
}

/**
 * Reads every parameter. Throws RangeError with PostgREST's sentence, or node's error where a file that is named
 * (`@file`) cannot be read. Of the parameters `before`, the connection string stays, and a secret that came through a
 * pipe, which can be read once.
 */
export function readParameters(sources: SettingSources, before: Parameters | null): ReadParameters {
  const warnings: string[] = []
  const settings = settingsFrom(sources, (sentence) => warnings.push(sentence))
  return { parameters: readAll(settings, sources, before), appSettings: readAppSettings(sources), warnings }
}

function readAll(settings: Settings, sources: SettingSources, before: KnownBefore | null) {
  return {
    ...readServer(settings),
    ...readDatabase(settings, sources),
    ...readToken(settings, before),
    'db-uri':
      before?.['db-uri'] ??
      fileOr(settings.text('db-uri') ?? 'postgresql://', (path) => readFileSync(path, 'utf8').trim()),
    'client-error-verbosity': oneOf(
      settings,
      'client-error-verbosity',
      ['verbose', 'minimal'],
      'client-error-verbosity',
    ),
    'log-level': oneOf(settings, 'log-level', logLevels, 'logging level', 'error'),
    'log-query': settings.truth('log-query') ?? false,
    'openapi-mode': oneOf(
      settings,
      'openapi-mode',
      ['follow-privileges', 'ignore-privileges', 'disabled'],
      'openapi-mode',
    ),
    'openapi-security-active': settings.truth('openapi-security-active') ?? false,
    'openapi-server-proxy-uri': proxyUri(settings.text('openapi-server-proxy-uri')),
    'url-use-legacy-target-names': settings.truth('url-use-legacy-target-names') ?? true,
  }
}

export const logLevels = ['crit', 'error', 'warn', 'info', 'debug'] as const

function readServer(settings: Settings) {
  const host = settings.text('server-host') ?? '!4'
  const port = settings.number('server-port') ?? 3000
  const adminPort = settings.number('admin-server-port')
  // Port 0 is a port of the machine's choice, each time another.
  if (adminPort !== null && adminPort !== 0 && adminPort === port) {
    throw new RangeError('admin-server-port cannot be the same as server-port')
  }
  return {
    'admin-server-host': settings.text('admin-server-host') ?? host,
    'admin-server-port': adminPort,
    'admin-server-unix-socket': settings.text('admin-server-unix-socket'),
    'admin-server-unix-socket-mode': socketMode(settings, 'admin-server-unix-socket-mode'),
    'server-cors-allowed-origins': listOf(settings.text('server-cors-allowed-origins')),
    'server-host': host,
    'server-port': port,
    'server-reuseport': settings.truth('server-reuseport') ?? false,
    'server-timing-enabled': settings.truth('server-timing-enabled') ?? false,
    'server-trace-header': settings.text('server-trace-header'),
    'server-unix-socket': settings.text('server-unix-socket'),
    'server-unix-socket-mode': socketMode(settings, 'server-unix-socket-mode'),
  }
}

const defaultHoisted = 'statement_timeout,plan_filter.statement_cost_limit,default_transaction_isolation'
const transactionEnds = ['commit', 'commit-allow-override', 'rollback', 'rollback-allow-override'] as const

function readDatabase(settings: Settings, sources: SettingSources) {
  return {
    'db-aggregates-enabled': settings.truth('db-aggregates-enabled') ?? false,
    'db-anon-role': settings.text('db-anon-role'),
    'db-channel': settings.text('db-channel') ?? 'pgrst',
    'db-channel-enabled': settings.truth('db-channel-enabled') ?? true,
    'db-config': settings.truth('db-config') ?? true,
    // Set to nothing is not the same as not set.
    'db-extra-search-path': listOf(
      settings.text('db-extra-search-path') ?? (isSet(sources, 'db-extra-search-path') ? null : 'public'),
    ),
    'db-hoisted-tx-settings': listOf(settings.text('db-hoisted-tx-settings') ?? defaultHoisted),
    'db-max-rows': settings.number('db-max-rows', 'max-rows'),
    'db-plan-enabled': settings.truth('db-plan-enabled') ?? false,
    'db-pool': settings.number('db-pool') ?? 10,
    'db-pool-acquisition-timeout': settings.number('db-pool-acquisition-timeout') ?? 10,
    'db-pool-automatic-recovery': settings.truth('db-pool-automatic-recovery') ?? true,
    'db-pool-max-idletime': settings.number('db-pool-timeout', 'db-pool-max-idletime') ?? 30,
    'db-pool-max-lifetime': settings.number('db-pool-max-lifetime') ?? 1800,
    'db-pre-config': settings.text('db-pre-config'),
    'db-pre-request': settings.text('db-pre-request', 'pre-request'),
    'db-prepared-statements': settings.truth('db-prepared-statements') ?? true,
    'db-root-spec': settings.text('db-root-spec', 'root-spec'),
    'db-schemas': exposedSchemas(settings.text('db-schemas', 'db-schema')),
    'db-tx-end': oneOf(settings, 'db-tx-end', transactionEnds, 'transaction termination'),
  }
}

function readToken(settings: Settings, before: KnownBefore | null) {
  const isBase64 = settings.truth('jwt-secret-is-base64', 'secret-is-base64') ?? false
  return {
    'jwt-aud': audience(settings.text('jwt-aud')),
    'jwt-cache-max-entries': settings.number('jwt-cache-max-entries') ?? 1000,
    'jwt-role-claim-key': parseRoleClaimKey(settings.text('jwt-role-claim-key', 'role-claim-key') ?? '$.role').written,
    'jwt-secret': secretOf(settings.text('jwt-secret'), isBase64, before),
    'jwt-secret-is-base64': isBase64,
  }
}

/** The name as it stands, so that its case survives; the environment wins over the file. */
function readAppSettings({ environment, file }: SettingSources): ReadonlyMap<string, string> {
  const variable = 'PGRST_APP_SETTINGS_'
  const written = [...file].filter(([name]) => name.startsWith('app.settings.'))
  const set = Object.entries(environment).filter(([name]) => name.startsWith(variable))
  const all = new Map(written.map(([name, value]) => [name, asText(value)]))
  for (const [name, value] of set) all.set(`app.settings.${name.slice(variable.length)}`, value ?? '')
  return new Map([...all].sort(([one], [other]) => (one < other ? -1 : 1)))
}

function isSet({ database, environment, file }: SettingSources, name: string): boolean {
  const underscored = name.replaceAll('-', '_')
  return database.has(underscored) || environment[`PGRST_${underscored.toUpperCase()}`] !== undefined || file.has(name)
}

/** One of a few words; the first is the default where none is given. */
function oneOf<Word extends string>(
  settings: Settings,
  name: string,
  words: readonly [Word, ...Word[]],
  called: string,
  fallback: Word = words[0],
): Word {
  const written = settings.text(name)
  const word = written === null ? fallback : words.find((known) => known === written)
  if (word === undefined) throw new RangeError(`Invalid ${called}. Check your configuration.`)
  return word
}

function exposedSchemas(text: string | null): readonly string[] {
  const schemas = listOf(text ?? 'public')
  const internal = schemas.find((schema) => schema === 'pg_catalog' || schema === 'information_schema')
  if (internal !== undefined) throw new RangeError(`db-schemas does not allow schema: '${internal}'`)
  return schemas
}

function listOf(text: string | null): readonly string[] {
  return text === null ? [] : text.split(',').map((entry) => entry.trim())
}

/** Octal digits, from 600 to 777. */
function socketMode(settings: Settings, name: string): string {
  const digits = /^[0-7]+/.exec(settings.text(name) ?? '660')?.[0]
  if (digits === undefined) throw new RangeError(`Invalid ${name}: not an octal`)
  const mode = Number.parseInt(digits, 8)
  if (mode < 0o600 || mode > 0o777) throw new RangeError(`Invalid ${name}: needs to be between 600 and 777`)
  return mode.toString(8)
}

function proxyUri(text: string | null): string | null {
  if (text === null || isProxyAddress(text)) return text
  throw new RangeError('Malformed proxy uri, a correct example: https://example.com:8443/basePath')
}

function audience(text: string | null): string | null {
  if (text === null || !text.includes(':') || isUri(text)) return text
  throw new RangeError('jwt-aud should be a string or a valid URI')
}

/** The bytes of the secret; a file's last line end is not part of it. */
function secretOf(text: string | null, isBase64: boolean, before: KnownBefore | null): Buffer | null {
  if (text === null) return null
  if (before !== null && text.startsWith('@') && !statSync(text.slice(1)).isFile()) return before['jwt-secret']
  const written = fileOr(Buffer.from(text), readWithoutLineEnd, text)
  return isBase64 ? decodeBase64(written.toString('latin1')) : written
}

function readWithoutLineEnd(path: string): Buffer {
  const content = readFileSync(path)
  return content.at(-1) === 0x0a ? content.subarray(0, -1) : content
}

/** Both alphabets; dots stand for padding, as some providers write it. */
function decodeBase64(text: string): Buffer {
  const usual = text.replaceAll('_', '/').replaceAll('-', '+').replaceAll('.', '=').trim()
  if (/^(?:[A-Za-z\d+/]{4})*(?:[A-Za-z\d+/]{2}==|[A-Za-z\d+/]{3}=)?$/.test(usual)) return Buffer.from(usual, 'base64')
  throw new RangeError('jwt-secret is not base64, as jwt-secret-is-base64 says it is')
}

/** `@path` is the content of the file. */
function fileOr<Content>(content: Content, read: (path: string) => Content, text = String(content)): Content {
  return text.startsWith('@') ? read(text.slice(1)) : content
}
